import { describe, expect, it } from '@jest/globals';
import { adjoint, multiply, type ComplexMatrix } from '../../../plugins/quantum-statevector/gates/complex-matrix.js';
import { allWires, constant, gate } from '../../../plugins/quantum-statevector/circuit.js';
import { definitionOf, gates, type GateName } from '../../../plugins/quantum-statevector/gates/gates.js';
import { goldenGates } from './golden.js';
import { largestDifference } from './compare.js';

const names = Object.keys(gates) as GateName[];
const goldenNames: Partial<Record<GateName, string>> = { X: 'PauliX', Y: 'PauliY', Z: 'PauliZ', H: 'Hadamard' };
const undone = ['Sdg', 'Tdg', 'SXdg'] as const;
const angles = [0.7, -1.3, 2.1];

describe('gates', () => {
  it.each(names.filter((name) => !undone.some((other) => other === name)))('%s has the matrix of PennyLane', (name) => {
    const golden = goldenGates[goldenNames[name] ?? name]!;
    const matrix = gates[name].matrix(golden.params);
    expect(largestDifference(matrix.re, golden.matrix.re)).toBeLessThan(1e-14);
    expect(largestDifference(matrix.im, golden.matrix.im)).toBeLessThan(1e-14);
  });

  it.each([2, 3])('MultiRZ on %i wires has the matrix of PennyLane', (wires) => {
    const golden = goldenGates[`MultiRZ(${wires} wires)`]!;
    const { matrix } = definitionOf(gate('MultiRZ', allWires(wires), constant(0)));
    expect(largestDifference(matrix(golden.params).re, golden.matrix.re)).toBeLessThan(1e-14);
    expect(largestDifference(matrix(golden.params).im, golden.matrix.im)).toBeLessThan(1e-14);
  });

  it('are all gates of the golden data', () => {
    const known = names.map((name) => goldenNames[name] ?? name);
    const missing = Object.keys(goldenGates).filter((name) => !known.includes(name) && !name.startsWith('MultiRZ'));
    expect(missing).toEqual([]);
    expect(Object.keys(goldenGates)).toHaveLength(35);
  });

  it.each(undone)('%s undoes its gate', (name) => {
    const product = multiply(gates[name].matrix([]), gates[name.slice(0, -2) as 'S' | 'T' | 'SX'].matrix([]));
    expect(largestDifference(product.re, [1, 0, 0, 1])).toBeLessThan(1e-14);
    expect(largestDifference(product.im, [0, 0, 0, 0])).toBeLessThan(1e-14);
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

  it.each(names.filter((name) => gates[name].angles > 0))('%s comes back after 4 pi, also the state', (name) => {
    for (let angle = 0; angle < gates[name].angles; angle++) {
      const given = angles.slice(0, gates[name].angles);
      const turned = gates[name].matrix(given.with(angle, given[angle]! + 4 * Math.PI));
      const { re, im } = gates[name].matrix(given);
      expect(largestDifference(turned.re, re)).toBeLessThan(1e-14);
      expect(largestDifference(turned.im, im)).toBeLessThan(1e-14);
    }
  });

  it('Rot(phi, theta, omega) undone is Rot(-omega, -theta, -phi)', () => {
    const inverse = gates.Rot.matrix([-2.1, 1.3, -0.7]);
    const expected = adjoint(gates.Rot.matrix(angles));
    expect(largestDifference(inverse.re, expected.re)).toBeLessThan(1e-14);
    expect(largestDifference(inverse.im, expected.im)).toBeLessThan(1e-14);
  });
});
