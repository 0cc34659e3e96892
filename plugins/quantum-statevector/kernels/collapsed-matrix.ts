import {
  i32,
  type Expression,
  type FloatVector,
  type FunctionBuilder,
  type VectorOperations,
} from '../../../compiler/index.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CollapsedContext } from './collapsed-context.js';
import type { Pointer } from './pointer.js';

type I32 = Expression<'i32'>;

/** Writes a block of columns into the matrix. */
export function storeMatrix<V extends FloatVector>(
  { fn, ops, plan, areas }: CollapsedContext<V>,
  state: Pointer,
  columnBytes: I32,
): void {
  const entry = 2 * ops.elementBytes;
  const columns = Math.min(ops.lanes, plan.states);
  const first = fn.let(i32.shiftLeft(columnBytes, 1));
  fn.loop(0, plan.states * amplitudeBytes, amplitudeBytes, (amplitude) => {
    const from = fn.let(i32.add(state.base, amplitude));
    const re = fn.let(ops.load(from, state.offset));
    const im = fn.let(ops.load(from, state.offset + vectorBytes));
    const to = fn.let(i32.add(first, rowOffset(amplitude, plan.states * entry)));
    for (let lane = 0; lane < columns; lane++) {
      fn.store(to, areas.matrix + lane * entry, ops.lane(re, lane));
      fn.store(to, areas.matrix + lane * entry + ops.elementBytes, ops.lane(im, lane));
    }
  });
}

/** Offset of a row of the matrix, which may take fewer bytes than the amplitude that counts it. */
function rowOffset(amplitude: I32, size: number): I32 {
  if (size >= amplitudeBytes) return i32.multiply(amplitude, size / amplitudeBytes);
  return i32.shiftRightUnsigned(amplitude, Math.log2(amplitudeBytes / size));
}

/** psi = V m for two blocks of samples: two amplitudes at a time. */
export function applyMatrix<V extends FloatVector>(context: CollapsedContext<V>, pairBytes: I32): void {
  const { fn, ops, plan, areas } = context;
  const { states } = plan;
  const entry = 2 * ops.elementBytes;
  const rowSize = states * entry;
  const embedding = fn.let(i32.multiply(pairBytes, states));
  const final = fn.let(i32.multiply(pairBytes, (states * amplitudeBytes) / vectorBytes));
  fn.loop(0, states, 2, (row) => {
    const matrix = fn.let(i32.multiply(row, rowSize));
    const sums = Array.from({ length: 8 }, () => fn.let(ops.constant(0)));
    fn.loop(0, states * vectorBytes, vectorBytes, (column) => {
      const m = fn.let(i32.add(embedding, column));
      const x = [0, states * vectorBytes].map((block) => fn.let(ops.load(m, areas.embeddings + block)));
      const at = fn.let(i32.add(matrix, i32.shiftRightUnsigned(column, Math.log2(vectorBytes / entry))));
      for (let part = 0; part < 4; part++) {
        const offset = (part >> 1) * rowSize + (part & 1) * ops.elementBytes;
        const value = fn.let(ops.loadSplat(at, areas.matrix + offset));
        for (const block of [0, 1]) {
          fn.set(sums[2 * part + block]!, ops.multiplyAdd(value, x[block]!, sums[2 * part + block]!));
        }
      }
    });
    const to = fn.let(i32.add(final, i32.multiply(row, amplitudeBytes)));
    for (let part = 0; part < 4; part++) {
      for (const block of [0, 1]) {
        fn.store(to, areas.finalStates + block * states * amplitudeBytes + part * vectorBytes, sums[2 * part + block]!);
      }
    }
  });
}

/** Re V^dagger lambda for two blocks of samples, into the leaves of the embedding's cotangents: four columns at a time. */
export function applyTransposed<V extends FloatVector>(context: CollapsedContext<V>, pairBytes: I32): void {
  const { fn, ops, plan, areas } = context;
  const { states } = plan;
  const entry = 2 * ops.elementBytes;
  const tile = Math.min(4, states);
  const final = fn.let(i32.multiply(pairBytes, (states * amplitudeBytes) / vectorBytes));
  fn.loop(0, states, tile, (column) => {
    const first = fn.let(i32.multiply(column, entry));
    const sums = Array.from({ length: 2 * tile }, () => fn.let(ops.constant(0)));
    fn.loop(0, states * amplitudeBytes, amplitudeBytes, (amplitude) => {
      const from = fn.let(i32.add(final, amplitude));
      const at = fn.let(i32.add(first, rowOffset(amplitude, states * entry)));
      for (const part of [0, 1]) {
        const lambda = [0, 1].map((block) =>
          fn.let(ops.load(from, areas.finalCotangents + block * states * amplitudeBytes + part * vectorBytes)),
        );
        for (let k = 0; k < tile; k++) {
          const value = fn.let(ops.loadSplat(at, areas.matrix + k * entry + part * ops.elementBytes));
          for (const block of [0, 1]) {
            fn.set(sums[2 * k + block]!, ops.multiplyAdd(value, lambda[block]!, sums[2 * k + block]!));
          }
        }
      }
    });
    const to = fn.let(i32.shiftLeft(column, Math.log2(vectorBytes)));
    for (let k = 0; k < tile; k++) {
      for (const block of [0, 1]) fn.store(to, leaves(context, block) + k * vectorBytes, sums[2 * k + block]!);
    }
  });
}

/** Where the cotangents of the embedding lie, of the first or the second of two blocks. */
export function leaves<V extends FloatVector>({ plan, areas }: CollapsedContext<V>, block: number): number {
  return areas.levelCotangents + (block * 2 + 1) * plan.states * vectorBytes;
}

/**
 * A block of columns of G = sum over samples of lambda m^T, in the place of lambda: as many columns as a vector has lanes at a time,
 * summed over all samples in registers.
 */
export function accumulateCotangent<V extends FloatVector>(
  { fn, ops, plan, areas }: CollapsedContext<V>,
  columnBytes: I32,
  sampleBytes: I32,
  lambda: Pointer,
): void {
  const { states } = plan;
  const { lanes } = ops;
  const firstColumn = fn.let(i32.shiftLeft(columnBytes, Math.log2(vectorBytes / ops.elementBytes)));
  const end = fn.let(i32.multiply(sampleBytes, states));
  // Eight sums in all.
  const amplitudes = 4 / lanes;
  fn.loop(0, states * amplitudeBytes, amplitudes * amplitudeBytes, (amplitude) => {
    const parts = Array.from({ length: 2 * amplitudes }, (_, part) => part * vectorBytes);
    const sums = parts.map(() => Array.from({ length: lanes }, () => fn.let(ops.constant(0))));
    fn.loop(0, end, vectorBytes * states, (embedding) => {
      const m = fn.let(i32.add(embedding, firstColumn));
      const from = fn.let(i32.add(i32.shiftLeft(embedding, 1), amplitude));
      // Lanes without a column get 0.
      const x = sums[0]!.map((_, lane) =>
        lane < states ? fn.let(ops.load(m, areas.embeddings + lane * vectorBytes)) : undefined,
      );
      parts.forEach((offset, part) => {
        const value = fn.let(ops.load(from, areas.finalCotangents + offset));
        x.forEach((factor, lane) => {
          const sum = sums[part]![lane]!;
          if (factor !== undefined) fn.set(sum, ops.multiplyAdd(value, factor, sum));
        });
      });
    });
    const to = fn.let(i32.add(lambda.base, amplitude));
    parts.forEach((offset, part) => {
      fn.store(to, lambda.offset + offset, lanesOfSums(fn, ops, sums[part]!));
    });
  });
}

/** The sum of the lanes of vector k in lane k. */
function lanesOfSums<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  vectors: readonly Expression<V>[],
): Expression<V> {
  const [a, b, c, d] = vectors;
  if (ops.lanes === 2) return ops.add(ops.shuffle(a!, b!, [0, 2]), ops.shuffle(a!, b!, [1, 3]));
  const low = fn.let(ops.add(ops.shuffle(a!, b!, [0, 4, 1, 5]), ops.shuffle(a!, b!, [2, 6, 3, 7])));
  const high = fn.let(ops.add(ops.shuffle(c!, d!, [0, 4, 1, 5]), ops.shuffle(c!, d!, [2, 6, 3, 7])));
  return ops.add(ops.shuffle(low, high, [0, 1, 4, 5]), ops.shuffle(low, high, [2, 3, 6, 7]));
}
