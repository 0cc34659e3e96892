import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { allWires, type Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { expectationZ, measurementRows, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import { runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';
import { compileCircuit, runBatch, type Batch, type BatchResult } from './compiled.js';
import { goldenCircuits } from './golden.js';
import { ansatzNames, gateSoups, layeredCircuit, layeredCircuits, randomAngles } from './random-circuit.js';

const tolerance = 1e-5;

function randomBatch(circuit: Circuit, samples: number, seed: number): Batch {
  const rng = createRng(seed);
  const rows = measurementRows(circuit.measurement);
  const angles = (count: number) => Float32Array.from(randomAngles(rng, count));
  return {
    inputs: Array.from({ length: samples }, () => angles(circuit.inputs)),
    weights: angles(circuit.weights),
    cotangents: Array.from({ length: samples }, () => Float32Array.from({ length: rows }, () => rng.uniform(-1, 1))),
  };
}

function reference(circuit: Circuit, { inputs, weights, cotangents }: Batch): BatchResult {
  const gradients = inputs.map((x, sample) => circuitGradients(circuit, x, weights, cotangents[sample]!));
  return {
    outputs: inputs.map((x) => [...runCircuit(circuit, x, weights)]),
    inputGradients: gradients.map((gradient) => [...gradient.inputs]),
    weightGradient: Array.from({ length: circuit.weights }, (_, k) =>
      gradients.reduce((sum, gradient) => sum + gradient.weights[k]!, 0),
    ),
  };
}

/** Largest difference of outputs, input gradients, and weight gradients relative to the largest of them, at least 1. */
function differences(a: BatchResult, b: BatchResult): number[] {
  const scale = Math.max(1, ...b.weightGradient.map(Math.abs));
  return [
    largestDifference(a.outputs.flat(), b.outputs.flat()),
    largestDifference(a.inputGradients.flat(), b.inputGradients.flat()),
    largestDifference(a.weightGradient, b.weightGradient) / scale,
  ];
}

function expectEqual(circuit: Circuit, samples: number, seed: number): void {
  const program = compileCircuit(circuit, { capacity: samples });
  try {
    const batch = randomBatch(circuit, samples, seed);
    const expected = reference(circuit, batch);
    // The second run must find nothing that the first one left.
    for (let run = 0; run < 2; run++) {
      for (const difference of differences(runBatch(program, batch), expected))
        expect(difference).toBeLessThan(tolerance);
    }
  } finally {
    program.release();
  }
}

describe('the compiled circuit', () => {
  it.each([
    ['layered circuits', layeredCircuits({ wires: 6, layers: 3 }), 60],
    ['any gates', gateSoups({ wires: 4, gates: 30 }), 60],
  ])('equals the float64 reference on %s', (_, circuits, numRuns) => {
    fc.assert(
      fc.property(circuits, fc.integer({ min: 1, max: 17 }), fc.nat(), (circuit, samples, seed) => {
        expectEqual(circuit, samples, seed);
      }),
      { numRuns },
    );
  });

  const study = ansatzNames.flatMap((name) => [1, 2, 3, 4, 5].map((wires) => ({ name, wires })));
  it.each(study)('equals the float64 reference: RX, $name, $wires wires', ({ name, wires }) => {
    for (const measurement of [expectationZ(allWires(wires)), probabilities(allWires(wires))]) {
      expectEqual(layeredCircuit({ wires, layers: 2, name, measurement }), 9, wires);
    }
  });

  it.each([
    { wires: 8, layers: 2, name: 'strong-CNOT' as const, measurement: expectationZ([0, 1]) },
    { wires: 8, layers: 1, name: 'basic-RX' as const, measurement: probabilities(allWires(8)) },
    { wires: 10, layers: 1, name: 'circular' as const, measurement: expectationZ(allWires(10)) },
  ])('equals the float64 reference on $wires wires: $name', (facts) => {
    expectEqual(layeredCircuit(facts), 2, 5);
  });

  it.each(goldenCircuits)('agrees with PennyLane 0.44.1: $name', ({ circuit, samples, data }) => {
    const parts = (values: readonly number[]) => {
      const size = values.length / samples;
      return Array.from({ length: samples }, (_, s) => values.slice(s * size, (s + 1) * size));
    };
    const batch = {
      inputs: parts(data.x.data),
      weights: data.weights['w']!.data,
      cotangents: parts(data.cotangent.data),
    };
    const expected = {
      outputs: parts(data.output.data),
      inputGradients: parts(data.vjp_x.data),
      weightGradient: data.vjp_w['w']!.data,
    };
    const program = compileCircuit(circuit, { capacity: samples });
    for (const difference of differences(runBatch(program, batch), expected))
      expect(difference).toBeLessThan(tolerance);
    program.release();
  });

  it('gives the same bits in WebAssembly and JavaScript', () => {
    fc.assert(
      fc.property(layeredCircuits({ wires: 5, layers: 2 }), fc.nat(), (circuit, seed) => {
        const batch = randomBatch(circuit, 9, seed);
        const [wasm, javascript] = (['wasm', 'javascript'] as const).map((backend) => {
          const program = compileCircuit(circuit, { capacity: 16, backend });
          const result = runBatch(program, batch);
          program.release();
          return [...result.outputs.flat(), ...result.inputGradients.flat(), ...result.weightGradient];
        });
        wasm!.forEach((value, k) => {
          expect(value).toBe(javascript![k]);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('does without input gradients', () => {
    const circuit = layeredCircuit({ wires: 3, layers: 2, name: 'strong-CNOT' });
    const batch = randomBatch(circuit, 8, 1);
    const program = compileCircuit(circuit, { inputGradients: false });
    const { weightGradient } = runBatch(program, batch);
    program.release();
    expect(largestDifference(weightGradient, reference(circuit, batch).weightGradient)).toBeLessThan(tolerance);
  });

  it('shows a wrong sign in one gradient', () => {
    const circuit = layeredCircuit({ wires: 3, layers: 2, name: 'strong-CNOT' });
    const batch = randomBatch(circuit, 8, 1);
    const expected = reference(circuit, batch);
    const wrong = { ...expected, weightGradient: expected.weightGradient.with(4, -expected.weightGradient[4]!) };
    const program = compileCircuit(circuit);
    expect(Math.max(...differences(runBatch(program, batch), wrong))).toBeGreaterThan(tolerance);
    program.release();
  });

  it('lets a value that is not a number through to its own sample only', () => {
    const circuit = layeredCircuit({ wires: 3, layers: 1, name: 'strong-CNOT' });
    const batch = randomBatch(circuit, 8, 2);
    const inputs = batch.inputs.map((x, sample) => (sample === 3 ? [NaN, 0, 0] : x));
    const program = compileCircuit(circuit);
    const { outputs } = runBatch(program, { ...batch, inputs });
    program.release();
    outputs.forEach((row, sample) => {
      expect(row.some(Number.isNaN)).toBe(sample === 3);
    });
  });
});
