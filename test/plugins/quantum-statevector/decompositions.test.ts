import { describe, expect, it } from '@jest/globals';
import { angleValue, input, product, substitute, weight } from '../../../plugins/quantum-statevector/angle.js';
import { allWires } from '../../../plugins/quantum-statevector/circuit.js';
import {
  embed,
  identity,
  multiply,
  type ComplexMatrix,
} from '../../../plugins/quantum-statevector/gates/complex-matrix.js';
import { baseGates, inBaseGates } from '../../../plugins/quantum-statevector/gates/decompositions.js';
import type { Gate } from '../../../plugins/quantum-statevector/gates/gate-form.js';
import { definitionOf, gateNames } from '../../../plugins/quantum-statevector/gates/gates.js';
import { defineGate } from '../../../plugins/quantum-statevector/gates/define-gate.js';

const angles = [0.7, -1.3, 2.1];

function matrixOf(gates: readonly Gate[], wires: number): ComplexMatrix {
  return gates.reduce(
    (before, gate) => {
      const values = gate.angles.map((angle) => angleValue(angle, angles, []));
      return multiply(embed(definitionOf(gate).matrix(values), gate.wires, wires), before);
    },
    identity(2 ** wires),
  );
}

/** Largest difference after the best common phase. */
function differenceUpToPhase(a: ComplexMatrix, b: ComplexMatrix): number {
  let [re, im] = [0, 0];
  a.re.forEach((x, k) => {
    re += x * b.re[k]! + a.im[k]! * b.im[k]!;
    im += x * b.im[k]! - a.im[k]! * b.re[k]!;
  });
  const length = Math.hypot(re, im);
  return a.re.reduce((top, x, k) => {
    const [p, q] = [(x * re - a.im[k]! * im) / length, (x * im + a.im[k]! * re) / length];
    return Math.max(top, Math.abs(p - b.re[k]!), Math.abs(q - b.im[k]!));
  }, 0);
}

function example(name: string): Gate {
  const wires = name === 'MultiRZ' ? 3 : undefined;
  const listed = allWires(wires ?? definitionOf({ gate: name, wires: [0], angles: [] }).wires).reverse();
  const { angles: count } = definitionOf({ gate: name, wires: listed, angles: [] });
  return { gate: name, wires: listed, angles: Array.from({ length: count }, (_, k) => input(k)) };
}

describe('gates in base gates', () => {
  it.each(gateNames)('%s is the same up to a global phase', (name) => {
    const gate = example(name);
    const parts = inBaseGates([gate]);
    for (const part of parts) expect(baseGates).toContain(part.gate);
    const wires = gate.wires.length;
    expect(differenceUpToPhase(matrixOf([gate], wires), matrixOf(parts, wires))).toBeLessThan(1e-14);
  });

  it('takes gates of sequences apart, and leaves matrices', () => {
    const twice = defineGate('Twice', {
      wires: 2,
      angles: 1,
      gates: (t) => [
        { gate: 'U3', wires: [1], angles: [t, product(2, t), t] },
        { gate: 'CRot', wires: [1, 0], angles: [t, t, t] },
      ],
    });
    const gate = twice([1, 0], input(2));
    const parts = inBaseGates([gate]);
    for (const part of parts) expect(baseGates).toContain(part.gate);
    expect(differenceUpToPhase(matrixOf([gate], 2), matrixOf(parts, 2))).toBeLessThan(1e-14);
    const flip = defineGate('Flip', {
      matrix: [
        [0, 1],
        [1, 0],
      ],
    })([0]);
    expect(inBaseGates([flip])).toEqual([flip]);
  });
});

describe('angles', () => {
  it('multiply, shorten and fill in', () => {
    expect(product(2, input(0))).toEqual({ source: 'product', factor: 2, of: [{ source: 'input', index: 0 }] });
    expect(product(1, input(3))).toEqual(input(3));
    expect(product(2, 3)).toEqual({ source: 'constant', value: 6 });
    const inner = product(0.5, input(0), input(1));
    const filled = substitute(inner, [product(-1, weight(4)), input(2)]);
    expect(angleValue(filled, [0, 0, 3], [0, 0, 0, 0, 5])).toBe(-7.5);
    expect(() => substitute(input(1), [input(0)])).toThrow('there is no angle 1');
  });
});
