import { describe, expect, it } from '@jest/globals';
import { adjoint, multiply, type ComplexMatrix } from '../../../plugins/quantum-statevector/gates/complex-matrix.js';
import { gates, type GateName } from '../../../plugins/quantum-statevector/gates/gates.js';
import { goldenGates } from './golden.js';
import { largestDifference } from './compare.js';

const names = Object.keys(gates) as GateName[];
const goldenNames: Partial<Record<GateName, string>> = { X: 'PauliX', Y: 'PauliY', Z: 'PauliZ', H: 'Hadamard' };
const angles = [0.7, -1.3, 2.1];

describe('gates', () => {
  it.each(names)('%s has the matrix of PennyLane', (name) => {
    const golden = goldenGates[goldenNames[name] ?? name]!;
    const matrix = gates[name].matrix(golden.params);
    expect(largestDifference(matrix.re, golden.matrix.re)).toBeLessThan(1e-14);
    expect(largestDifference(matrix.im, golden.matrix.im)).toBeLessThan(1e-14);
  });

  it.each(names)('%s is unitary', (name) => {
    const matrix = gates[name].matrix(angles);
    const product = multiply(matrix, adjoint(matrix));
    const one = Array.from(product.re, (_, k) => (k % (matrix.size + 1) === 0 ? 1 : 0));
    expect(largestDifference(product.re, one)).toBeLessThan(1e-14);
    expect(largestDifference(product.im, new Float64Array(product.im.length))).toBeLessThan(1e-14);
  });

  it.each(names.filter((name) => gates[name].angles > 0))('%s has the derivative of its matrix', (name) => {
    for (let angle = 0; angle < gates[name].angles; angle++) {
      const at = (step: number): ComplexMatrix =>
        gates[name].matrix(angles.slice(0, gates[name].angles).map((value, k) => (k === angle ? value + step : value)));
      const [ahead, behind] = [at(1e-5), at(-1e-5)];
      const derivative = gates[name].derivative(angles, angle);
      for (const part of ['re', 'im'] as const) {
        const difference = ahead[part].map((value, k) => (value - behind[part][k]!) / 2e-5);
        expect(largestDifference(derivative[part], difference)).toBeLessThan(1e-9);
      }
    }
  });

  it('Rot(phi, theta, omega) undone is Rot(-omega, -theta, -phi)', () => {
    const inverse = gates.Rot.matrix([-2.1, 1.3, -0.7]);
    const expected = adjoint(gates.Rot.matrix(angles));
    expect(largestDifference(inverse.re, expected.re)).toBeLessThan(1e-14);
    expect(largestDifference(inverse.im, expected.im)).toBeLessThan(1e-14);
  });
});
