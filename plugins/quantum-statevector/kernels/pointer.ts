import {
  i32,
  type Expression,
  type FloatVector,
  type FunctionBuilder,
  type RowBuffer,
  type VectorOperations,
} from '../../../compiler/index.js';

/** A place in memory: a run-time address plus an offset that is known when the kernel is written. */
export interface Pointer {
  readonly base: Expression<'i32'>;
  readonly offset: number;
  /** Of a pointer to an amplitude: blocks side by side, 1 unless told. So many vectors lie from its real part to its imaginary part. */
  readonly width?: number;
}

/** A distance: a run-time part, if any, plus a part that is known when the kernel is written. */
export interface Distance {
  readonly counter: Expression<'i32'> | undefined;
  readonly known: number;
}

export function knownDistance(known: number): Distance {
  return { counter: undefined, known };
}

export function pointerTo(address: number): Pointer {
  return { base: i32.constant(0), offset: address };
}

/** The vector of a row for the block that starts `sampleBytes` into it. */
export function rowPointer(buffer: RowBuffer, row: number, sampleBytes: Expression<'i32'>): Pointer {
  return { base: sampleBytes, offset: buffer.address + row * buffer.strideBytes };
}

/** `pointer` moved by distance * 2^shift bytes. */
export function move(fn: FunctionBuilder, pointer: Pointer, { counter, known }: Distance, shift = 0): Pointer {
  const offset = pointer.offset + known * 2 ** shift;
  if (counter === undefined) return { ...pointer, offset };
  const moved = i32.shiftLeft(counter, shift);
  const startsAtZero = pointer.base.op === 'constant' && pointer.base.value === 0;
  return { ...pointer, base: fn.let(startsAtZero ? moved : i32.add(pointer.base, moved)), offset };
}

/** The amplitude of a state that `element` counts, times 2^shift. */
export function amplitudeAt(fn: FunctionBuilder, state: Pointer, element: Distance, shift = 0): Pointer {
  return move(fn, state, element, 3 + Math.log2(state.width ?? 1) + shift);
}

export function load<V extends FloatVector>(ops: VectorOperations<V>, pointer: Pointer, distance = 0): Expression<V> {
  return ops.load(pointer.base, pointer.offset + distance);
}

export function loadSplat<V extends FloatVector>(
  ops: VectorOperations<V>,
  pointer: Pointer,
  distance = 0,
): Expression<V> {
  return ops.loadSplat(pointer.base, pointer.offset + distance);
}

export function store(fn: FunctionBuilder, pointer: Pointer, value: Expression, distance = 0): void {
  fn.store(pointer.base, pointer.offset + distance, value);
}

/** Bodies repeated up to this often are written out one after the other. */
export const writtenOut = 8;

/**
 * Repeats `body` for each of `count` elements; the distance counts 4 per element. Up to `most` bodies are written out: long bodies
 * are faster in a loop.
 */
export function eachElement(
  fn: FunctionBuilder,
  count: number,
  body: (element: Distance) => void,
  most = writtenOut,
): void {
  if (count > most) {
    fn.loop(0, count * 4, 4, (counter) => {
      body({ counter, known: 0 });
    });
    return;
  }
  for (let element = 0; element < count; element++)
    fn.scope(() => {
      body(knownDistance(element * 4));
    });
}

/**
 * Adds up the values that `body` gives for each of `count` elements. Four elements are added as a tree before they join the sums,
 * because the chain of additions would otherwise set the pace.
 */
export function sumElements<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  count: number,
  sums: number,
  body: (element: Distance) => Expression<V>[],
): Expression<V>[] {
  const totals = Array.from({ length: sums }, () => fn.let(ops.constant(0)));
  const size = Math.min(count, 4);
  const addElements = (counter: Expression<'i32'> | undefined, first: number): void => {
    fn.scope(() => {
      const values = Array.from({ length: size }, (_, k) => body({ counter, known: first + 4 * k }));
      totals.forEach((total, s) => {
        fn.accumulate(
          total,
          treeSum(
            ops,
            values.map((value) => value[s]!),
          ),
        );
      });
    });
  };
  if (count > writtenOut)
    fn.loop(0, count * 4, size * 4, (counter) => {
      addElements(counter, 0);
    });
  else for (let first = 0; first < count; first += size) addElements(undefined, first * 4);
  return totals;
}

/** Sum of a list by halves. */
export function treeSum<V extends FloatVector>(
  ops: VectorOperations<V>,
  terms: readonly Expression<V>[],
): Expression<V> {
  if (terms.length === 1) return terms[0]!;
  const half = terms.length >> 1;
  return ops.add(treeSum(ops, terms.slice(0, half)), treeSum(ops, terms.slice(half)));
}

/** A run of wires that one pass over the state handles: bits `first` .. `first + size - 1` of the basis state, from the lowest. */
export interface BitGroup {
  readonly first: number;
  readonly size: number;
}

/** Splits `wires` bits into runs of at most `most`, as equal as possible. */
export function bitGroups(wires: number, most: number): BitGroup[] {
  const count = Math.ceil(wires / most);
  const groups: BitGroup[] = [];
  for (let first = 0; groups.length < count; first += groups.at(-1)!.size) {
    groups.push({ first, size: Math.ceil((wires - first) / (count - groups.length)) });
  }
  return groups;
}

/**
 * Repeats `body` for every vector, real parts and imaginary parts alike, whose basis state has zeros at the bits of the group; it
 * gets the vector's distance from the start of a state. Loops hold `bodies` of them where there are so many: short ones go faster so.
 */
export function eachGroup(
  fn: FunctionBuilder,
  states: number,
  { first, size }: BitGroup,
  amplitudeBytes: number,
  vectorBytes: number,
  body: (distance: Distance) => void,
  bodies = 1,
): void {
  const total = states * amplitudeBytes;
  const inner = 2 ** first * amplitudeBytes;
  const outer = 2 ** (first + size) * amplitudeBytes;
  if (((total / outer) * inner) / vectorBytes <= 2) {
    for (let high = 0; high < total; high += outer) {
      for (let low = 0; low < inner; low += vectorBytes)
        fn.scope(() => {
          body(knownDistance(high + low));
        });
    }
    return;
  }
  const step = Math.min(inner, bodies * vectorBytes);
  fn.loop(0, total, outer, (high) => {
    fn.loop(high, i32.add(high, inner), step, (counter) => {
      for (let known = 0; known < step; known += vectorBytes)
        fn.scope(() => {
          body({ counter, known });
        });
    });
  });
}
