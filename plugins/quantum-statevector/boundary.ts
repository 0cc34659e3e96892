import type { WeightTerm } from './angle-sum.js';

/** Parity of the bits of a basis state under `mask`, inverted when `negated`. */
export interface Parity {
  readonly mask: number;
  readonly negated: boolean;
}

/** The phase e^{-i t/2} where the parity is even, e^{i t/2} where it is odd, with t = constant + sum of weights. */
export interface PhaseRotation extends Parity {
  readonly constant: number;
  readonly weights: readonly WeightTerm[];
}

/**
 * What happens between two RY layers, as operations on bits: bit `wire` of the state that comes out is the parity of (masks[wire],
 * flips[wire]) of the state that went in; phases are given in terms of the state that went in.
 */
export interface Boundary {
  readonly masks: number[];
  readonly flips: boolean[];
  readonly phases: PhaseRotation[];
  /** -1 where both parities are odd. */
  readonly controlledPhases: (readonly [Parity, Parity])[];
}

/** The phase e^{-i factor w s_p / 2} of weight w, where s_p is +1 for an even parity of mask & p and -1 for an odd one. */
export interface ParityTerm {
  readonly mask: number;
  readonly weight: number;
  readonly factor: number;
}

/** Phases e^{i a_p} of the basis states p, with a_p = sum over masks m of (-1)^{parity of m & p} A_m. */
export interface Diagonal {
  /** The constant part of A, 2^wires numbers. */
  readonly constants: Float64Array;
  readonly terms: readonly ParityTerm[];
}

export function openBoundary(wires: number): Boundary {
  return {
    masks: Array.from({ length: wires }, (_, wire) => wireMask(wire, wires)),
    flips: Array<boolean>(wires).fill(false),
    phases: [],
    controlledPhases: [],
  };
}

/** Where every basis state goes. */
export function permutationOf({ masks, flips }: Boundary): Int32Array {
  return Int32Array.from({ length: 2 ** masks.length }, (_, state) =>
    masks.reduce((index, mask, wire) => index * 2 + (isOdd({ mask, negated: flips[wire]! }, state) ? 1 : 0), 0),
  );
}

export function diagonalOf({ masks, phases, controlledPhases }: Boundary): Diagonal {
  const constants = new Float64Array(2 ** masks.length);
  const terms: ParityTerm[] = [];
  for (const { mask, negated, constant, weights } of phases) {
    const sign = negated ? -1 : 1;
    constants[mask]! -= (sign * constant) / 2;
    for (const { index, factor } of weights) terms.push({ mask, weight: index, factor: sign * factor });
  }
  for (const [a, b] of controlledPhases) {
    // e^{i pi} where both are odd: pi (1 - s_a)(1 - s_b) / 4; the constant part is a global phase.
    const [signA, signB] = [a.negated ? -1 : 1, b.negated ? -1 : 1];
    constants[a.mask]! -= (signA * Math.PI) / 4;
    constants[b.mask]! -= (signB * Math.PI) / 4;
    constants[a.mask ^ b.mask]! += (signA * signB * Math.PI) / 4;
  }
  return { constants, terms };
}

/** Whether the parity of a basis state is odd. */
export function isOdd({ mask, negated }: Parity, state: number): boolean {
  let odd = negated;
  for (let bits = mask & state; bits !== 0; bits &= bits - 1) odd = !odd;
  return odd;
}

/** Bit of a wire in basis states; wire 0 is the most significant one. */
export function wireMask(wire: number, wires: number): number {
  return 1 << (wires - 1 - wire);
}
