import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRng } from '../../../core/random.js';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import type { Circuit } from '../../../plugins/quantum-statevector/circuit.js';
import { measurementRows, probabilities, readoutsOf } from '../../../plugins/quantum-statevector/measurement.js';
import { finalState, runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { basisProbabilities } from '../../../plugins/quantum-statevector/statevector.js';
import { centralDifference, largestDifference } from './compare.js';
import { gateSoups, layeredCircuits, randomAngles } from './random-circuit.js';

const circuits = fc.oneof(layeredCircuits({ wires: 3, layers: 2 }), gateSoups({ wires: 3, gates: 12 }));

function draw(circuit: Circuit, seed: number) {
  const rng = createRng(seed);
  return {
    x: randomAngles(rng, circuit.inputs),
    w: randomAngles(rng, circuit.weights),
    cotangent: randomAngles(rng, measurementRows(circuit.measurement)),
  };
}

function loss(circuit: Circuit, x: Float64Array, w: Float64Array, cotangent: Float64Array): number {
  return runCircuit(circuit, x, w).reduce((sum, value, row) => sum + value * cotangent[row]!, 0);
}

/**
 * The two-term shift rule, gate by gate: an angle that several gates share is shifted in one gate at a time (Mitarai et al.
 * 2018, arXiv 1803.00745).
 */
function parameterShift(circuit: Circuit, x: Float64Array, w: Float64Array, cotangent: Float64Array) {
  const gradients = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  circuit.gates.forEach((gate, g) => {
    gate.angles.forEach((angle, k) => {
      if (angle.source !== 'input' && angle.source !== 'weight') return;
      const value = (angle.source === 'input' ? x : w)[angle.index]!;
      const shifted = (shift: number): number => {
        const angles = gate.angles.map((other, j) =>
          j === k ? ({ source: 'constant', value: value + shift } as const) : other,
        );
        const gates = circuit.gates.with(g, { ...gate, angles });
        return loss({ ...circuit, gates }, x, w, cotangent);
      };
      gradients[`${angle.source}s`][angle.index]! += (shifted(Math.PI / 2) - shifted(-Math.PI / 2)) / 2;
    });
  });
  return gradients;
}

describe('the adjoint sweep', () => {
  it('equals the parameter-shift rule and central differences', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w, cotangent } = draw(circuit, seed);
        const swept = circuitGradients(circuit, x, w, cotangent);
        const shifted = parameterShift(circuit, x, w, cotangent);
        expect(largestDifference(swept.inputs, shifted.inputs)).toBeLessThan(1e-12);
        expect(largestDifference(swept.weights, shifted.weights)).toBeLessThan(1e-12);
        const of = () => loss(circuit, x, w, cotangent);
        expect(largestDifference(swept.inputs, centralDifference(x, of))).toBeLessThan(1e-7);
        expect(largestDifference(swept.weights, centralDifference(w, of))).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  it('gives nothing for a constant cotangent on all probabilities', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const all = { ...circuit, measurement: probabilities(readoutsOf(circuit.measurement)[0]!.wires) };
        const { x, w } = draw(circuit, seed);
        const { inputs, weights } = circuitGradients(all, x, w, Array(measurementRows(all.measurement)).fill(1));
        for (const value of [...inputs, ...weights]) expect(Math.abs(value)).toBeLessThan(1e-13);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the norm of the state', () => {
    fc.assert(
      fc.property(circuits, fc.nat(), (circuit, seed) => {
        const { x, w } = draw(circuit, seed);
        const total = basisProbabilities(finalState(circuit, x, w)).reduce((sum, value) => sum + value, 0);
        expect(Math.abs(total - 1)).toBeLessThan(1e-13);
      }),
      { numRuns: 30 },
    );
  });
});
