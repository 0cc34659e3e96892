import { beforeAll, describe, expect, it } from '@jest/globals';
import { compile, Graph, uniform, type Program, type Tensor } from '../../../compiler/index.js';
import { createRng, type LayerKind } from '../../../core/index.js';
import { defineTensorLayer, loadTensorflow, type Tensorflow } from '../../../plugins/tfjs/index.js';
import { denseWeights, hidden, tensorDense, tensorSquare } from './tensor-layers.js';

type Activation = 'tanh' | 'relu' | 'none';
type Dense = (graph: Graph, x: Tensor, units: number, activation: Activation) => Tensor;

const compiledDense: Dense = (graph, x, units, activation) => {
  const { shape, initialize } = denseWeights(units, x.rows);
  const y = graph.affine(x, graph.parameter(shape, initialize));
  return activation === 'none' ? y : activation === 'tanh' ? graph.tanh(y) : graph.relu(y);
};
const tensorDenseOf =
  (kind: LayerKind): Dense =>
  (graph, x, units, activation) =>
    kind.plan({ kind: kind.id, units, activation }).lower(graph, x, hidden);

/** 4-16t-9r with heads of 2 and 1, written with the given dense layers in turn. */
function network(...dense: readonly Dense[]): Program {
  const graph = new Graph();
  const layer: (...rest: Parameters<Dense>) => Tensor = (...rest) =>
    dense[graph.parameters.length % dense.length]!(...rest);
  const first = layer(graph, graph.input(4), 16, 'tanh');
  const second = layer(graph, first, 9, 'relu');
  const policy = layer(graph, second, 2, 'none');
  const value = layer(graph, second, 1, 'none');
  const program = compile(graph, { outputs: { policy, value }, capacity: 64, inputGradients: true });
  program.initialize(createRng(1));
  return program;
}

/** Outputs, parameter gradients and input gradients of one minibatch of random inputs and cotangents. */
function evaluate(program: Program, samples: number, seed: number): number[][] {
  const rng = createRng(seed);
  const draw = { ...program.outputGradients, x: program.inputs[0]! };
  for (const { data, stride, rows } of Object.values(draw)) {
    for (let row = 0; row < rows; row++) {
      for (let s = 0; s < 64; s++) data[row * stride + s] = s < samples ? rng.uniform(-1, 1) : 0;
    }
  }
  program.zeroGradients();
  program.forward(samples);
  program.backward(samples);
  const read = ({ data, stride, rows }: Program['inputs'][number]) =>
    Array.from({ length: rows * samples }, (_, i) => data[Math.floor(i / samples) * stride + (i % samples)]!);
  return [
    ...Object.values(program.outputs).map(read),
    [...program.gradients],
    ...(program.inputGradients ?? []).map(read),
  ];
}

/** Largest difference relative to the largest entry. */
function difference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!))) / scale;
}

describe.each(['wasm', 'cpu'] as const)('tensor layers on %s', (backend) => {
  let tensorflow: Tensorflow;
  let asTensors: Dense;

  beforeAll(async () => {
    tensorflow = await loadTensorflow({ backends: [backend] });
    asTensors = tensorDenseOf(tensorDense(tensorflow));
  });

  it.each([
    ['all tensor layers', () => [asTensors]],
    ['tensor layers and compiled ones in turn', () => [asTensors, compiledDense]],
    ['compiled layers and tensor layers in turn', () => [compiledDense, asTensors]],
  ] as const)('give the same outputs and gradients as compiled ops: %s', (_name, layers) => {
    const [program, compiled] = [network(...layers()), network(compiledDense)];
    expect([...program.parameters]).toEqual([...compiled.parameters]);
    // The small batch comes after the large one, so that stale padding would be seen.
    for (const [samples, seed] of [
      [64, 2],
      [5, 3],
      [1, 4],
    ] as const) {
      const expected = evaluate(compiled, samples, seed);
      evaluate(program, samples, seed).forEach((values, part) => {
        expect(difference(values, expected[part]!)).toBeLessThan(1e-5);
      });
    }
  });

  it('leave no tensors behind', () => {
    const program = network(asTensors);
    evaluate(program, 8, 1);
    const before = tensorflow.tf.memory().numTensors;
    for (let i = 0; i < 3; i++) evaluate(program, 8, i);
    expect(tensorflow.tf.memory().numTensors).toBe(before);
  });

  it('train beside compiled layers, with the one optimiser', () => {
    const program = network(compiledDense, asTensors);
    const losses = Array.from({ length: 100 }, (_, step) => fitStep(program, step + 1));
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 10);
  });

  it('may have no parameters, and add to gradients that others wrote', () => {
    const square = tensorSquare(tensorflow).plan({ kind: 'demo/square' });
    const graph = new Graph();
    const x = graph.affine(graph.input(2), graph.parameter([3, 3], uniform(-1, 1)));
    const outputs = { a: square.lower(graph, x, hidden), b: square.lower(graph, x, hidden), c: graph.tanh(x) };
    const program = compile(graph, { outputs, capacity: 8 });
    program.parameters.set([1, 0, 0, 0, 1, 0, 1, 1, 0.5]);
    program.parametersChanged();
    program.inputs[0]!.data.set([0.5], 0);
    program.inputs[0]!.data.set([2], program.inputs[0]!.stride);
    for (const { data } of Object.values(program.outputGradients)) data.fill(0);
    program.outputGradients['a']!.data[0] = 1;
    program.outputGradients['b']!.data[0] = 10;
    program.outputGradients['c']!.data[0] = 100;
    program.forward(1);
    program.backward(1);
    expect(program.outputs['a']!.data[0]).toBe(0.25);
    // d/dx of x^2 + 10 x^2 + 100 tanh(x) at 0.5, which is the gradient of the first row's bias.
    expect(program.gradients[2]).toBeCloseTo(11 + 100 * (1 - Math.tanh(0.5) ** 2), 4);
  });

  it('say what they were computed with', () => {
    const graph = new Graph();
    asTensors(graph, graph.input(4), 3, 'tanh');
    const { op } = graph.nodes.at(-1)!;
    expect(op === 'input' || op.kernel.host === undefined ? undefined : op.kernel.conditions).toEqual({
      tensorflow: expect.stringMatching(/^4\./),
      tensorflowBackend: backend,
    });
  });

  it('have the reference that their kernel computes, in float32', () => {
    const graph = new Graph();
    asTensors(graph, graph.input(4), 3, 'tanh');
    const { op, attributes } = graph.nodes.at(-1)!;
    if (op === 'input') throw new Error('the layer is the last node');
    const rng = createRng(5);
    const draw = (length: number) => Float64Array.from({ length }, () => rng.uniform(-1, 1));
    const [x, weights, dy] = [draw(4 * 6), draw(3 * 5), draw(3 * 6)];
    const y = op.reference.forward([x], [weights], 6, attributes);
    const compiled = new Graph();
    compiledDense(compiled, compiled.input(4), 3, 'none');
    const { op: affine } = compiled.nodes.at(-1)!;
    if (affine === 'input') throw new Error('the affine op is the last node');
    const linear = affine.reference.forward([x], [weights], 6, {});
    expect(difference([...y], [...linear].map(Math.tanh))).toBeLessThan(1e-6);
    const dLinear = dy.map((value, i) => value * (1 - y[i]! ** 2));
    const expected = affine.reference.backward([x], [weights], linear, dLinear, 6, {});
    const actual = op.reference.backward([x], [weights], y, dy, 6, attributes);
    expect(difference([...actual.inputs[0]!], [...expected.inputs[0]!])).toBeLessThan(1e-6);
    expect(difference([...actual.parameters[0]!], [...expected.parameters[0]!])).toBeLessThan(1e-6);
  });
});

it('a tensor layer whose forward and outputRows disagree says so', async () => {
  const wrong = defineTensorLayer(await loadTensorflow(), {
    id: 'demo/wrong',
    summary: 'promises three rows',
    hyper: {},
    outputRows: () => 3,
    forward: ({ x }) => x,
  });
  const graph = new Graph();
  const y = wrong.plan({ kind: 'demo/wrong' }).lower(graph, graph.input(2), hidden);
  const program = compile(graph, { outputs: { y }, capacity: 8 });
  expect(() => {
    program.forward(8);
  }).toThrow(/expected \[samples, outputRows\] = \[8, 3\], got \[8, 2\].*\[tensor-layer-shape\]/);
});

it('a tensor layer can refuse a place', async () => {
  const kind = defineTensorLayer(await loadTensorflow(), {
    id: 'demo/even',
    summary: 'takes even rows only',
    hyper: {},
    outputRows: (_hyper, inputRows) => (inputRows % 2 === 0 ? inputRows / 2 : { ok: false, reason: 'odd' }),
    forward: ({ tf, x }) => tf.max(x.reshape([-1, x.shape[1] / 2, 2]), 2),
  });
  const plan = kind.plan({ kind: 'demo/even' });
  expect([plan.outputRows(4, hidden), plan.outputRows(5, hidden)]).toEqual([2, { ok: false, reason: 'odd' }]);
});

/** One step towards policy = [sin 3 x0, x1 x2], value = x3^2; returns the mean squared error before it. */
function fitStep(program: Program, step: number): number {
  const [rng, samples] = [createRng(step), 32];
  const x = program.inputs[0]!;
  for (let i = 0; i < 4; i++) for (let s = 0; s < samples; s++) x.data[i * x.stride + s] = rng.uniform(-1, 1);
  const at = (row: number, s: number) => x.data[row * x.stride + s]!;
  program.forward(samples);
  let loss = 0;
  const targets = {
    policy: [(s: number) => Math.sin(3 * at(0, s)), (s: number) => at(1, s) * at(2, s)],
    value: [(s: number) => at(3, s) ** 2],
  };
  for (const [name, rows] of Object.entries(targets)) {
    const [y, dy] = [program.outputs[name]!, program.outputGradients[name]!];
    rows.forEach((target, row) => {
      for (let s = 0; s < samples; s++) {
        const error = y.data[row * y.stride + s]! - target(s);
        loss += error ** 2 / samples;
        dy.data[row * dy.stride + s] = (2 * error) / samples;
      }
    });
  }
  program.backward(samples);
  const bias = Math.sqrt(1 - 0.999 ** step);
  program.adam((0.02 * bias) / (1 - 0.9 ** step), 1e-8 * bias, 1);
  return loss;
}
