import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allWires } from '../../../plugins/quantum-statevector/circuit.js';
import { planCircuit } from '../../../plugins/quantum-statevector/layout.js';
import { expectationX, probabilities } from '../../../plugins/quantum-statevector/measurement.js';
import {
  beforePermutation,
  bitMapOf,
  commute,
  turned,
  type PauliWord,
} from '../../../plugins/quantum-statevector/pauli-word.js';
import { planStrings } from '../../../plugins/quantum-statevector/string-plan.js';
import { layeredCircuit, type LayeredFacts } from './random-circuit.js';

function planOf(facts: LayeredFacts) {
  return planStrings(planCircuit(layeredCircuit(facts))!);
}

/** A word as a matrix of complex numbers, [row][column] -> [re, im]. */
function matrixOf({ x, z, sign }: PauliWord, states: number): [number, number][][] {
  return Array.from({ length: states }, (_, row) =>
    Array.from({ length: states }, (_, column) => {
      if ((row ^ column) !== x) return [0, 0];
      const bits = (value: number) => [...value.toString(2)].filter((bit) => bit === '1').length;
      // Y|0> = i|1>, Y|1> = -i|0>: i for every Y, -1 for every Z or Y of a bit that is 1.
      const quarters = bits(x & z) + 2 * bits(column & z) + (sign < 0 ? 2 : 0);
      return [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ][quarters % 4] as [number, number];
    }),
  );
}

function product(a: [number, number][][], b: [number, number][][]): [number, number][][] {
  return a.map((row) =>
    b.map((_, column) =>
      row.reduce<[number, number]>(
        ([re, im], [p, q], k) => {
          const [r, s] = b[k]![column]!;
          return [re + p * r - q * s, im + p * s + q * r];
        },
        [0, 0],
      ),
    ),
  );
}

const words = fc.record({
  x: fc.integer({ min: 0, max: 7 }),
  z: fc.integer({ min: 0, max: 7 }),
  sign: fc.constantFrom(1 as const, -1 as const),
});

describe('Pauli words', () => {
  it('commute, and turn each other, as their matrices do', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [A, B] = [matrixOf(a, 8), matrixOf(b, 8)];
        const [AB, BA] = [product(A, B), product(B, A)];
        expect(AB.every((row, i) => row.every(([re, im], j) => re === BA[i]![j]![0] && im === BA[i]![j]![1]))).toBe(
          commute(a, b),
        );
        if (commute(a, b)) return;
        // i A B
        const expected = AB.map((row) => row.map(([re, im]) => [0 - im, re + 0]));
        expect(matrixOf(turned(a, b), 8)).toEqual(expected);
      }),
    );
  });

  it('go back through permutations as their matrices do', () => {
    // p -> M p + f: CNOTs on three bits, then an X.
    const permutation = Int32Array.from({ length: 8 }, (_, p) => {
      const first = p ^ ((p & 1) << 2);
      return first ^ ((first & 4) >> 1) ^ 3;
    });
    fc.assert(
      fc.property(words, (word) => {
        const after = matrixOf(word, 8);
        const before = matrixOf(beforePermutation(word, bitMapOf(permutation)), 8);
        before.forEach((row, i) => {
          row.forEach((entry, j) => {
            expect(entry).toEqual(after[permutation[i]!]![permutation[j]!]);
          });
        });
      }),
    );
  });
});

describe('the plan of strings', () => {
  it('has one product of Bloch components a row while nothing is turned after the wires met', () => {
    const plan = planOf({ wires: 6, layers: 1, name: 'strong-CNOT' })!;
    expect(plan.terms).toHaveLength(6);
    expect(plan.turns).toHaveLength(0);
    // The last rotations turn nothing that is read.
    expect(plan.starts.map((rotations) => rotations.at(-1)!.axis)).toEqual(Array(6).fill('Y'));
  });

  it('has up to three strings for every wire that the last layer turns', () => {
    const plan = planOf({ wires: 4, layers: 2, name: 'strong-CNOT' })!;
    expect(plan.terms).toHaveLength(24);
    expect(plan.first.filter((value) => value === 1)).toHaveLength(4);
    expect(planOf({ wires: 4, layers: 2, name: 'strong-CNOT', measurement: expectationX(allWires(4)) })).toBeDefined();
  });

  it('gives up where strings become many, and where probabilities are measured', () => {
    expect(planOf({ wires: 6, layers: 3, name: 'strong-CNOT' })).toBeUndefined();
    expect(planOf({ wires: 3, layers: 1, name: 'strong-CNOT', measurement: probabilities([0]) })).toBeUndefined();
  });
});
