import { HqnasError } from '../errors.js';

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

/** What an observation or an action may be. */
export type Space = DiscreteSpace | BoxSpace;

/** A member of a space: a number of a discrete space, a Float32Array of a box. */
export type Element<S extends Space> = S extends DiscreteSpace ? number : Float32Array;

/** Whole numbers `start` .. `start + n - 1`. */
export function discrete(n: number, start = 0): DiscreteSpace {
  return { kind: 'discrete', n, start };
}

/** Vectors between two corners; -Infinity and Infinity where there is no bound. */
export function box(low: ArrayLike<number>, high: ArrayLike<number>): BoxSpace {
  return { kind: 'box', low: Float32Array.from(low), high: Float32Array.from(high) };
}

/** Rows that a member takes in a batch: 1 for a discrete space (the number itself), the length for a box. */
export function rowsOf(space: Space): number {
  return space.kind === 'discrete' ? 1 : space.low.length;
}

/** True for a member of the space: type, length and bounds. */
export function contains(space: Space, value: unknown): boolean {
  if (space.kind === 'discrete') {
    return Number.isInteger(value) && (value as number) >= space.start && (value as number) < space.start + space.n;
  }
  if (!(value instanceof Float32Array) || value.length !== space.low.length) return false;
  return value.every((entry, i) => entry >= space.low[i]! && entry <= space.high[i]!);
}

/** "a whole number from 0 to 1", "a Float32Array of 4 numbers". */
export function describeSpace(space: Space): string {
  return space.kind === 'discrete'
    ? `a whole number from ${space.start} to ${space.start + space.n - 1}`
    : `a Float32Array of ${space.low.length} numbers`;
}

/**
 * For the first line of `step`: refuses what is not an action. Numbers of a box outside its bounds are an
 * environment's own affair (Gymnasium clips them).
 * @throws HqnasError `invalid-action`
 */
export function checkAction(space: Space, action: unknown): void {
  const valid =
    space.kind === 'discrete'
      ? contains(space, action)
      : action instanceof Float32Array && action.length === space.low.length;
  if (valid) return;
  throw new HqnasError({
    code: 'invalid-action',
    what: 'this is not an action of the environment',
    expected: describeSpace(space),
    got: show(action),
  });
}

/** Kind and value of what was passed as an action. */
function show(action: unknown): string {
  if (ArrayBuffer.isView(action)) return `a ${action.constructor.name} of ${action.byteLength} bytes`;
  return typeof action === 'object' && action !== null ? 'an object' : `${typeof action} ${String(action)}`;
}
