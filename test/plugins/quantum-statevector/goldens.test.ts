import { describe, expect, it } from '@jest/globals';
import { circuitGradients } from '../../../plugins/quantum-statevector/adjoint.js';
import { finalState, runCircuit } from '../../../plugins/quantum-statevector/statevector-reference.js';
import { largestDifference } from './compare.js';
import { wholeGoldens } from './golden.js';

const tolerance = 1e-10;

describe('reference against PennyLane 0.44.1', () => {
  it('covers all 72 golden circuits', () => {
    expect(wholeGoldens).toHaveLength(72);
  });

  it.each(wholeGoldens)('$name', ({ circuit, samples, data, weights, weightGradient, weightJacobian }) => {
    const sum = new Float64Array(circuit.weights);
    const rows = data.output.data.length / samples;
    for (let sample = 0; sample < samples; sample++) {
      const part = (values: readonly number[]) => {
        const size = values.length / samples;
        return values.slice(sample * size, (sample + 1) * size);
      };
      const x = part(data.x.data);
      const state = finalState(circuit, x, weights);
      expect(largestDifference(state.re, part(data.state.re))).toBeLessThan(tolerance);
      expect(largestDifference(state.im, part(data.state.im))).toBeLessThan(tolerance);
      expect(largestDifference(runCircuit(circuit, x, weights), part(data.output.data))).toBeLessThan(tolerance);
      const gradients = circuitGradients(circuit, x, weights, part(data.cotangent.data));
      expect(largestDifference(gradients.inputs, part(data.vjp_x.data))).toBeLessThan(tolerance);
      gradients.weights.forEach((value, k) => (sum[k]! += value));
    }
    expect(largestDifference(sum, weightGradient)).toBeLessThan(tolerance);

    if (data.jac_x === undefined) return;
    for (let row = 0; row < rows; row++) {
      const oneHot = Array.from({ length: rows }, (_, k) => (k === row ? 1 : 0));
      const gradients = circuitGradients(circuit, data.x.data, weights, oneHot);
      const jacobianX = data.jac_x.data.slice(row * circuit.inputs, (row + 1) * circuit.inputs);
      expect(largestDifference(gradients.inputs, jacobianX)).toBeLessThan(tolerance);
      expect(largestDifference(gradients.weights, weightJacobian(row))).toBeLessThan(tolerance);
    }
  });
});
