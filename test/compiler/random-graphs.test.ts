import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile, createReference, expectWideVectors, finiteDifferences, type Program } from '../../compiler/index.js';
import { createRng } from '../../core/random.js';
import { randomData, randomGraph } from './random-graph.js';

const runs = Number(process.env['HQNAS_FUZZ'] ?? 60);
/**
 * Relative to the largest entry. Typical errors are 1e-7 and 1e-6; chains of one-unit layers whose small results come of
 * cancellation reach 5e-6 about once in a thousand graphs.
 */
const outputBound = 1e-5;
const gradientBound = 2e-5;

function fill(program: Program, seed: number): void {
  const rng = createRng(seed);
  program.initialize(rng.fork('weights'));
  for (const rows of [...program.inputs, ...Object.values(program.outputGradients)]) {
    for (let i = 0; i < rows.data.length; i++) rows.data[i] = rng.normal();
  }
}

describe('random graphs', () => {
  it('run the same in WebAssembly, with wide tiles and in JavaScript, bit for bit, over the whole memory', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), fc.boolean(), (seed, eighths, inputGradients) => {
        const { graph, outputs } = randomGraph(createRng(seed));
        const memories = (['wasm', 'wide', 'javascript'] as const).map((kind) => {
          const backend = kind === 'wide' ? 'wasm' : kind;
          expectWideVectors(kind === 'wide');
          const program = compile(graph, { outputs, backend, inputGradients, capacity: 24 });
          expectWideVectors(false);
          fill(program, seed);
          for (let round = 0; round < 3; round++) {
            program.setDropout(round === 1 ? createRng(seed).fork('dropout') : undefined);
            program.forward(eighths * 8);
            program.backward(eighths * 8);
            const norm = Math.sqrt(program.gradientNormSquared());
            program.adam(1e-3, 1e-8, Math.min(1, 0.5 / (norm + 1e-6)), 1e-4);
          }
          const bytes = new Float32Array(program.parameters.buffer, 0, program.memoryBytes / 4).slice();
          program.release();
          return bytes;
        });
        const [wasm, wide, javascript] = memories;
        const different = wasm!.findIndex(
          (value, i) => !Object.is(value, javascript![i]!) || !Object.is(value, wide![i]),
        );
        expect(different).toBe(-1);
      }),
      { numRuns: runs },
    );
  });

  it('agree with the float64 reference', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), fc.boolean(), (seed, samples, inputGradients) => {
        const { graph, outputs } = randomGraph(createRng(seed));
        const program = compile(graph, { outputs, inputGradients, capacity: 40 });
        const reference = createReference(graph, outputs);
        const rng = createRng(seed).fork('data');
        program.initialize(rng.fork('weights'));
        const inputs = program.inputs.map(({ rows }) => randomData(rows * samples, rng));
        inputs.forEach((values, i) => {
          write(program.inputs[i]!, values, samples);
        });
        const expected = reference.forward(inputs, Float64Array.from(program.parameters), samples);
        const cotangents = Object.fromEntries(
          Object.entries(program.outputGradients).map(([name, rows]) => {
            const values = randomData(rows.rows * samples, rng);
            write(rows, values, samples);
            return [name, values];
          }),
        );
        program.forward(samples);
        for (const [name, rows] of Object.entries(program.outputs)) {
          expect(difference(read(rows, samples), expected[name]!, 1)).toBeLessThanOrEqual(outputBound);
        }
        program.backward(samples);
        const exact = reference.backward(cotangents);
        expect(difference(Float64Array.from(program.gradients), exact.parameters)).toBeLessThanOrEqual(gradientBound);
        program.inputGradients?.forEach((rows, i) => {
          expect(difference(read(rows, samples), exact.inputs[i]!)).toBeLessThanOrEqual(gradientBound);
        });
        program.release();
      }),
      { numRuns: runs },
    );
  });

  it('have reference gradients that agree with central differences', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { graph, outputs } = randomGraph(createRng(seed));
        if (graph.parameterCount > 600) return;
        const rng = createRng(seed).fork('data');
        const samples = 2;
        const sources = graph.nodes.filter(({ op }) => op === 'input');
        const parameters = new Float64Array(graph.parameterCount);
        for (const { offset, size, shape, initialize, index } of graph.parameters) {
          initialize(parameters.subarray(offset, offset + size), shape, rng.fork('parameter', index));
        }
        const { worst, where } = finiteDifferences(graph, outputs, {
          samples,
          parameters,
          inputs: sources.map(({ rows }) => randomData(rows * samples, rng)),
          cotangents: Object.fromEntries(
            Object.entries(outputs).map(([name, { rows }]) => [name, randomData(rows * samples, rng)]),
          ),
        });
        expect({ worst: worst <= 1e-7 ? 0 : worst, where }).toEqual({ worst: 0, where });
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });
});

function write(
  rows: { data: Float32Array; stride: number; rows: number },
  values: Float64Array,
  samples: number,
): void {
  rows.data.fill(0);
  for (let r = 0; r < rows.rows; r++) {
    for (let s = 0; s < samples; s++) rows.data[r * rows.stride + s] = values[r * samples + s]!;
  }
}

function read(rows: { data: Float32Array; stride: number; rows: number }, samples: number): Float64Array {
  return Float64Array.from(
    { length: rows.rows * samples },
    (_, i) => rows.data[Math.floor(i / samples) * rows.stride + (i % samples)]!,
  );
}

/** Largest difference relative to the largest entry, or to `floor` if that is larger. */
function difference(a: Float64Array, b: Float64Array, floor = 1e-3): number {
  expect(a.length).toBe(b.length);
  const largest = b.reduce((top, value) => Math.max(top, Math.abs(value)), floor);
  return a.reduce((worst, value, i) => {
    const error = Math.abs(value - b[i]!) / largest;
    return error > worst || Number.isNaN(error) ? error : worst;
  }, 0);
}
