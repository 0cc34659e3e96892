import { cosine, sine } from '../../core/index.js';

/** Parity of the bits of a basis state under `mask`, inverted when `negated`. */
export interface Parity {
  readonly mask: number;
  readonly negated: boolean;
}

/** The phase e^{-i t/2} where the parity is even, e^{i t/2} where it is odd, with t = constant + sum of weights. */
export interface PhaseRotation extends Parity {
  readonly constant: number;
  readonly weights: readonly number[];
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

/** Angle of one weight about a wire of the frame: + or - as `sign` says. */
export interface FrameTerm {
  readonly wire: number;
  readonly weight: number;
  readonly sign: 1 | -1;
}

/** Angle of one weight about any parity. */
export interface ParityTerm {
  readonly mask: number;
  readonly weight: number;
  readonly sign: 1 | -1;
}

/**
 * Phases d_p of the basis states, all of absolute value 1: a constant part, and RZ rotations by weights, sorted by where they are
 * easy to build. Rotations `before` act on single wires of the state that goes in, `after` on single wires of the state that comes
 * out of the permutation.
 */
export interface Diagonal {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly before: readonly FrameTerm[];
  readonly after: readonly FrameTerm[];
  readonly others: readonly ParityTerm[];
  /** The constant part is 1 everywhere. */
  readonly constantIsOne: boolean;
  /** Depends on weights. */
  readonly trainable: boolean;
  /** 1 everywhere, whatever the weights. */
  readonly isIdentity: boolean;
}

export function openBoundary(wires: number): Boundary {
  return {
    masks: Array.from({ length: wires }, (_, wire) => wireMask(wire, wires)),
    flips: Array<boolean>(wires).fill(false),
    phases: [],
    controlledPhases: [],
  };
}

export function closeBoundary(boundary: Boundary): { permutation: Int32Array; diagonal: Diagonal } {
  const { masks, flips } = boundary;
  const wires = masks.length;
  const permutation = Int32Array.from({ length: 2 ** wires }, (_, state) =>
    masks.reduce((index, mask, wire) => index * 2 + (parity({ mask, negated: flips[wire]! }, state) < 0 ? 1 : 0), 0),
  );
  const before: FrameTerm[] = [];
  const after: FrameTerm[] = [];
  const others: ParityTerm[] = [];
  for (const { mask, negated, weights } of boundary.phases) {
    const sign = negated ? -1 : 1;
    const wireBefore = masks.findIndex((_, wire) => wireMask(wire, wires) === mask);
    const wireAfter = masks.indexOf(mask);
    for (const weight of weights) {
      if (wireBefore >= 0) before.push({ wire: wireBefore, weight, sign });
      else if (wireAfter >= 0) after.push({ wire: wireAfter, weight, sign: flips[wireAfter] === negated ? 1 : -1 });
      else others.push({ mask, weight, sign });
    }
  }
  const trainable = before.length + after.length + others.length > 0;
  const { re, im } = constantPhases(boundary, 2 ** wires);
  const constantIsOne = re.every((value) => value === 1) && im.every((value) => value === 0);
  return {
    permutation,
    diagonal: { re, im, before, after, others, constantIsOne, trainable, isIdentity: constantIsOne && !trainable },
  };
}

function constantPhases({ phases, controlledPhases }: Boundary, states: number) {
  const re = new Float64Array(states);
  const im = new Float64Array(states);
  for (let state = 0; state < states; state++) {
    const angle = phases.reduce((sum, phase) => sum - (parity(phase, state) * phase.constant) / 2, 0);
    const odd = controlledPhases.filter(([a, b]) => parity(a, state) < 0 && parity(b, state) < 0).length;
    const sign = odd % 2 === 0 ? 1 : -1;
    re[state] = sign * cosine(angle);
    im[state] = sign * sine(angle);
  }
  return { re, im };
}

/** +1 where the parity is even, -1 where it is odd. */
export function parity({ mask, negated }: Parity, state: number): 1 | -1 {
  let odd = negated;
  for (let bits = mask & state; bits !== 0; bits &= bits - 1) odd = !odd;
  return odd ? -1 : 1;
}

/** Bit of a wire in basis states; wire 0 is the most significant one. */
export function wireMask(wire: number, wires: number): number {
  return 1 << (wires - 1 - wire);
}
