import { describe, expect, it } from '@jest/globals';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { finalState, runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';
import { goldenCircuits } from './golden.js';

const tolerance = 1e-10;

describe('reference against PennyLane 0.44.1', () => {
  it('covers every golden circuit that the building blocks can express', () => {
    expect(goldenCircuits).toHaveLength(57);
  });

  it.each(goldenCircuits)('$name', ({ circuit, stateCircuit, samples, data }) => {
    const weights = data.weights['w']!.data;
    const weightGradient = new Float64Array(circuit.weights);
    const rows = data.output.data.length / samples;
    for (let sample = 0; sample < samples; sample++) {
      const part = (values: readonly number[]) => {
        const size = values.length / samples;
        return values.slice(sample * size, (sample + 1) * size);
      };
      const x = part(data.x.data);
      const state = finalState(stateCircuit, x, weights);
      expect(largestDifference(state.re, part(data.state.re))).toBeLessThan(tolerance);
      expect(largestDifference(state.im, part(data.state.im))).toBeLessThan(tolerance);
      expect(largestDifference(runCircuit(circuit, x, weights), part(data.output.data))).toBeLessThan(tolerance);
      const gradients = circuitGradients(circuit, x, weights, part(data.cotangent.data));
      expect(largestDifference(gradients.inputs, part(data.vjp_x.data))).toBeLessThan(tolerance);
      gradients.weights.forEach((value, k) => (weightGradient[k]! += value));
    }
    expect(largestDifference(weightGradient, data.vjp_w['w']!.data)).toBeLessThan(tolerance);

    if (data.jac_x === undefined || data.jac_w === undefined) return;
    const jacobianX = data.jac_x.data;
    const jacobianW = data.jac_w['w']!.data;
    for (let row = 0; row < rows; row++) {
      const oneHot = Array.from({ length: rows }, (_, k) => (k === row ? 1 : 0));
      const gradients = circuitGradients(circuit, data.x.data, weights, oneHot);
      const rowOf = (values: readonly number[], size: number) => values.slice(row * size, (row + 1) * size);
      expect(largestDifference(gradients.inputs, rowOf(jacobianX, circuit.inputs))).toBeLessThan(tolerance);
      expect(largestDifference(gradients.weights, rowOf(jacobianW, circuit.weights))).toBeLessThan(tolerance);
    }
  });
});
