/** Whole numbers start .. start + n - 1, as Gymnasium's Discrete. */
export interface DiscreteSpace {
  readonly kind: 'discrete';
  readonly n: number;
  readonly start: number;
}

/** A box of float32 vectors, as Gymnasium's Box of one axis; bounds may be infinite. */
export interface BoxSpace {
  readonly kind: 'box';
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export type Space = DiscreteSpace | BoxSpace;

/** A member of a space: a number of a discrete space, a Float32Array of a box. */
export type Element<S extends Space> = S extends DiscreteSpace ? number : Float32Array;

export function discrete(n: number, start = 0): DiscreteSpace {
  return { kind: 'discrete', n, start };
}

export function box(low: ArrayLike<number>, high: ArrayLike<number>): BoxSpace {
  return { kind: 'box', low: Float32Array.from(low), high: Float32Array.from(high) };
}

/** Rows that a member takes in a batch: 1 for a discrete space (the number itself), the length for a box. */
export function rowsOf(space: Space): number {
  return space.kind === 'discrete' ? 1 : space.low.length;
}
