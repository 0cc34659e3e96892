import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile, Graph, orthogonal, uniform, type Program, type Tensor } from '../../compiler/index.js';
import { createRng, type Rng } from '../../core/random.js';

/** Affine and elementwise ops alone, with branches, so that every output can be computed sample by sample. */
function randomNetwork(rng: Rng): { graph: Graph; outputs: Record<string, Tensor> } {
  const graph = new Graph();
  const made = [graph.input(rng.between(1, 9)), graph.input(rng.between(1, 5), 'second')];
  const affine = (x: Tensor, units: number): Tensor =>
    graph.affine(x, graph.parameter([units, x.rows + 1], orthogonal(1)));
  for (let i = rng.between(1, 6); i > 0; i--) {
    const y = affine(rng.pick(made), rng.between(1, rng.int(4) === 0 ? 70 : 12));
    made.push(rng.pick([graph.tanh, graph.relu, graph.sigmoid, graph.gelu]).call(graph, y));
  }
  const below = graph.parameter([rng.between(1, 6)], uniform(-1, 1));
  const policy = graph.appendRows(affine(made.at(-1)!, rng.between(1, 9)), below);
  return { graph, outputs: { policy, value: affine(rng.pick(made), 1) } };
}

function fill(program: Program, rng: Rng): void {
  program.initialize(rng.fork('weights'));
  for (const rows of [...program.inputs, ...Object.values(program.outputGradients)]) {
    for (let i = 0; i < rows.data.length; i++) rows.data[i] = rng.normal();
  }
}

function columns({ data, rows, stride }: Program['inputs'][number], count: number): number[] {
  return Array.from({ length: rows * count }, (_, i) => data[Math.floor(i / count) * stride + (i % count)]!);
}

/** Outputs of `samples` samples, each named output by itself. */
function play(program: Program, samples: number): number[] {
  return Object.entries(program.outputs).flatMap(([name, rows]) => {
    rows.data.fill(NaN);
    program.forward(samples, name);
    return columns(rows, samples);
  });
}

function train(program: Program): void {
  program.forward(8);
  program.backward(8);
  program.adam(0.01, 1e-8, 1);
}

describe('one sample at a time', () => {
  it.each(['wasm', 'javascript'] as const)('gives the bits of groups of eight (%s)', (backend) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, samples) => {
        const { graph, outputs } = randomNetwork(createRng(seed));
        const program = compile(graph, { outputs, backend, capacity: 8 });
        fill(program, createRng(seed));
        for (let round = 0; round < 2; round++) {
          const few = play(program, samples);
          const many = Object.values(program.outputs).map((rows) => rows);
          program.forward(samples);
          const expected = many.flatMap((rows) => columns(rows, samples));
          expect(few.findIndex((value, i) => !Object.is(value, expected[i]!))).toBe(-1);
          // Weights change between the rounds.
          train(program);
        }
        program.release();
      }),
      { numRuns: 40 },
    );
  });

  it('writes its own columns and no others', () => {
    const { graph, outputs } = randomNetwork(createRng(5));
    const program = compile(graph, { outputs, capacity: 8 });
    fill(program, createRng(5));
    const { policy } = program.outputs;
    policy!.data.fill(7);
    program.forward(2, 'policy');
    expect(policy!.data.filter((_, i) => i % policy!.stride > 1).every((value) => value === 7)).toBe(true);
    program.release();
  });

  it('leaves outputs with other ops to groups of eight', () => {
    const graph = new Graph();
    const output = graph.softmax(graph.input(3));
    const program = compile(graph, { outputs: { output }, capacity: 8 });
    program.inputs[0]!.data.fill(0.5);
    program.forward(1, 'output');
    expect(columns(program.outputs['output']!, 8)).toEqual(new Array(24).fill(Math.fround(1 / 3)));
    program.release();
  });

  it('passes NaN and infinity on', () => {
    const graph = new Graph();
    const output = graph.affine(graph.input(2), graph.parameter([5, 3], orthogonal(1)));
    const program = compile(graph, { outputs: { output }, capacity: 8 });
    program.initialize(createRng(1));
    program.parameters.fill(1);
    program.parametersChanged();
    program.inputs[0]!.data.set([NaN, Infinity, -Infinity], 0);
    program.forward(3, 'output');
    expect(columns(program.outputs['output']!, 3).slice(0, 3)).toEqual([NaN, Infinity, -Infinity]);
    program.release();
  });
});
