import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { executionBy } from '../../../plugins/quantum-statevector/choose-execution.js';
import type { Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { compileCircuit, type CompileCircuitOptions } from '../../../plugins/quantum-statevector/compile-circuit.js';
import type { CompiledCircuit } from '../../../plugins/quantum-statevector/compiled-circuit.js';
import { allWires, expectationZ, probabilities } from '../../../plugins/quantum-statevector/index.js';
import { measurementRows } from '../../../plugins/quantum-statevector/measurement.js';
import { anyCircuits } from './any-circuit.js';
import { ansatzNames, layeredCircuit, layeredCircuits, randomAngles } from './random-circuit.js';

const tolerance = { float64: 1e-12, float32: 1e-5 } as const;

interface Batch {
  readonly inputs: Float64Array;
  readonly weights: Float64Array;
  readonly cotangent: Float64Array;
}

function randomBatch(circuit: Circuit, samples: number, seed: number): Batch {
  const rng = createRng(seed);
  return {
    inputs: Float64Array.from(Float32Array.from(randomAngles(rng, circuit.inputs * samples))),
    weights: Float64Array.from(Float32Array.from(randomAngles(rng, circuit.weights))),
    cotangent: Float64Array.from({ length: measurementRows(circuit.measurement) * samples }, () => rng.uniform(-1, 1)),
  };
}

/** Outputs and gradients of a batch, those of the weights relative to the number of samples. */
function run(compiled: CompiledCircuit, { inputs, weights, cotangent }: Batch, samples: number): Float64Array[] {
  const outputs = Float64Array.from(compiled.forward(inputs, weights, samples));
  const gradients = compiled.backward(cotangent);
  return [
    outputs,
    Float64Array.from(gradients.inputs),
    Float64Array.from(gradients.weights).map((value) => value / samples),
  ];
}

/** Largest difference; of numbers above 1, relative to them. */
function worst(actual: readonly Float64Array[], expected: readonly Float64Array[]): number {
  let largest = 0;
  expected.forEach((values, part) => {
    expect(actual[part]).toHaveLength(values.length);
    values.forEach((value, k) => {
      const difference = Math.abs(value - actual[part]![k]!) / Math.max(1, Math.abs(value));
      largest = difference <= largest ? largest : difference;
    });
  });
  return largest;
}

function expectPathsToAgree(circuit: Circuit, samples: number, seed: number, only?: CompileCircuitOptions[]): void {
  const batch = randomBatch(circuit, samples, seed);
  const expected = run(compileCircuit(circuit, { path: 'reference', capacity: samples }), batch, samples);
  const paths = (['layers', 'collapsed', 'gates'] as const).filter((path) => executionBy(path, circuit) !== undefined);
  const options = paths.flatMap((path) =>
    (['float64', 'float32'] as const).map((precision) => ({ path, precision, capacity: samples })),
  );
  for (const option of only ?? options) {
    const compiled = compileCircuit(circuit, option);
    // The second run must find nothing that the first one left.
    for (let round = 0; round < 2; round++) {
      const difference = worst(run(compiled, batch, samples), expected);
      expect({ option, right: difference < tolerance[option.precision ?? 'float64'], difference }).toMatchObject({
        right: true,
      });
    }
    compiled.release();
  }
}

describe('all paths compute what the reference does', () => {
  it('for layered circuits', () => {
    fc.assert(
      fc.property(
        layeredCircuits({ wires: 5, layers: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (circuit, samples, seed) => {
          expectPathsToAgree(circuit, samples, seed);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('for circuits of every gate, angle, start and readout', () => {
    fc.assert(
      fc.property(
        anyCircuits({ wires: 4, gates: 8 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (circuit, samples, seed) => {
          expectPathsToAgree(circuit, samples, seed);
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('for %i samples', (samples) => {
    for (const name of ansatzNames) {
      for (const measurement of [expectationZ(allWires(3)), probabilities([2, 0])]) {
        expectPathsToAgree(layeredCircuit({ wires: 3, layers: 2, name, measurement }), samples, samples);
      }
    }
  });
});
