import { box, contains, type BoxSpace, type Space } from './space.js';

/** Several whole numbers, as Gymnasium's MultiDiscrete of one axis: number i is one of 0 .. sizes[i] - 1. */
export interface MultiDiscreteSpace {
  readonly kind: 'multi-discrete';
  readonly sizes: readonly number[];
}

/** Several bits, as Gymnasium's MultiBinary. */
export interface MultiBinarySpace {
  readonly kind: 'multi-binary';
  readonly n: number;
}

/** Named parts, as Gymnasium's Dict made from a mapping: in alphabetical order of their names. */
export interface DictSpace {
  readonly kind: 'dict';
  readonly spaces: Readonly<Record<string, StructuredSpace>>;
}

/** Parts in order, as Gymnasium's Tuple. */
export interface TupleSpace {
  readonly kind: 'tuple';
  readonly spaces: readonly StructuredSpace[];
}

/**
 * What observations may be made of before they are flattened into the one box that a network reads. Environments
 * themselves have a `Space`: they flatten what they return, or are wrapped.
 */
export type StructuredSpace = Space | MultiDiscreteSpace | MultiBinarySpace | DictSpace | TupleSpace;

/** A member of a structured space. */
export type StructuredValue =
  number | ArrayLike<number> | readonly StructuredValue[] | { readonly [name: string]: StructuredValue };

/**
 * The box that the flattened members lie in, as Gymnasium's `flatten_space`: a whole number takes one row per value it may
 * have, a bit one row, parts follow each other.
 */
export function flatSpace(space: StructuredSpace): BoxSpace {
  switch (space.kind) {
    case 'box':
      return space;
    case 'discrete':
      return unit(space.n);
    case 'multi-discrete':
      return unit(space.sizes.reduce((sum, size) => sum + size, 0));
    case 'multi-binary':
      return unit(space.n);
    default: {
      const parts = partsOf(space).map(([, part]) => flatSpace(part));
      return box(
        parts.flatMap(({ low }) => [...low]),
        parts.flatMap(({ high }) => [...high]),
      );
    }
  }
}

/**
 * A member as numbers of the box of `flatSpace`, as Gymnasium's `flatten`.
 * @throws RangeError when it is no member of the space
 */
export function flatten(space: StructuredSpace, value: StructuredValue): Float32Array {
  const flat = new Float32Array(flatSpace(space).low.length);
  write(space, value, flat, 0);
  return flat;
}

/** Writes from `at` on, and gives the place behind. */
function write(space: StructuredSpace, value: StructuredValue, into: Float32Array, at: number): number {
  switch (space.kind) {
    case 'discrete':
      if (!contains(space, value)) throw wrong(space.kind);
      into[at + (value as number) - space.start] = 1; // a whole number: checked just above
      return at + space.n;
    case 'box':
      into.set(numbers(value, space.low.length, space.kind), at);
      return at + space.low.length;
    case 'multi-discrete': {
      numbers(value, space.sizes.length, space.kind).forEach((entry, i) => {
        const size = space.sizes[i]!;
        if (!Number.isInteger(entry) || entry < 0 || entry >= size) throw wrong(space.kind);
        into[at + entry] = 1;
        at += size;
      });
      return at;
    }
    case 'multi-binary':
      numbers(value, space.n, space.kind).forEach((entry, i) => {
        if (entry !== 0 && entry !== 1) throw wrong(space.kind);
        into[at + i] = entry;
      });
      return at + space.n;
    default: {
      if (typeof value !== 'object') throw wrong(space.kind);
      const members = value as Readonly<Record<string | number, StructuredValue | undefined>>; // by name or by place
      for (const [name, part] of partsOf(space)) {
        const member = members[name];
        if (member === undefined) throw wrong(`${space.kind} without ${name}`);
        at = write(part, member, into, at);
      }
      return at;
    }
  }
}

function partsOf(space: DictSpace | TupleSpace): readonly (readonly [string | number, StructuredSpace])[] {
  if (space.kind === 'tuple') return space.spaces.map((part, i) => [i, part] as const);
  return Object.keys(space.spaces)
    .sort()
    .map((name) => [name, space.spaces[name]!] as const);
}

function unit(rows: number): BoxSpace {
  return box(new Float32Array(rows), new Float32Array(rows).fill(1));
}

function numbers(value: StructuredValue, length: number, kind: string): readonly number[] {
  if (typeof value !== 'object' || !('length' in value) || value.length !== length) throw wrong(kind);
  return Array.from(value as ArrayLike<number>, Number); // of this length: checked just above
}

function wrong(kind: string): RangeError {
  return new RangeError(`this is no member of the ${kind} space`);
}
