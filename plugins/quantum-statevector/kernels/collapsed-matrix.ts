import {
  i32,
  type Expression,
  type FloatVector,
  type FunctionBuilder,
  type VectorOperations,
} from '../../../compiler/index.js';
import { matrixPartBytes } from '../collapsed-plan.js';
import { amplitudeBytes, vectorBytes } from '../layout.js';
import type { CollapsedContext } from './collapsed-context.js';
import { imaginaryPart } from './complex-vector.js';
import { amplitudeAt, eachElement, load, move, store, type Pointer } from './pointer.js';

type I32 = Expression<'i32'>;

/** Writes a block of columns into the matrix. */
export function storeMatrix<V extends FloatVector>(
  { fn, ops, plan, areas }: CollapsedContext<V>,
  state: Pointer,
  columnBytes: I32,
): void {
  const partBytes = matrixPartBytes(plan.states, ops.elementBytes);
  eachElement(fn, plan.states, (element) => {
    const from = amplitudeAt(fn, state, element);
    const to = move(fn, { base: columnBytes, offset: areas.matrix }, element, Math.log2(partBytes / 2));
    store(fn, to, load(ops, from));
    store(fn, to, load(ops, from, imaginaryPart(state)), partBytes);
  });
}

/** psi = V m for two blocks of samples: two amplitudes at a time. */
export function applyMatrix<V extends FloatVector>(context: CollapsedContext<V>, pairBytes: I32): void {
  const { fn, ops, plan, areas } = context;
  const { states } = plan;
  const partBytes = matrixPartBytes(states, ops.elementBytes);
  const embedding = fn.let(i32.multiply(pairBytes, states));
  const final = fn.let(i32.multiply(pairBytes, (states * amplitudeBytes) / vectorBytes));
  fn.loop(0, states, 2, (row) => {
    const at = fn.let(i32.multiply(row, 2 * partBytes));
    const sums = Array.from({ length: 8 }, () => fn.let(ops.constant(0)));
    fn.loop(embedding, i32.add(embedding, states * vectorBytes), vectorBytes, (m) => {
      const x = [0, states * vectorBytes].map((block) => fn.let(ops.load(m, areas.embeddings + block)));
      for (let part = 0; part < 4; part++) {
        const value = fn.let(ops.loadSplat(at, areas.matrix + part * partBytes));
        for (const block of [0, 1]) {
          fn.set(sums[2 * part + block]!, ops.multiplyAdd(value, x[block]!, sums[2 * part + block]!));
        }
      }
      fn.set(at, i32.add(at, ops.elementBytes));
    });
    const to = fn.let(i32.add(final, i32.multiply(row, amplitudeBytes)));
    for (let part = 0; part < 4; part++) {
      for (const block of [0, 1]) {
        fn.store(to, areas.finalStates + block * states * amplitudeBytes + part * vectorBytes, sums[2 * part + block]!);
      }
    }
  });
}

/**
 * Re V^dagger lambda for two blocks of samples, into the leaves of the embedding's cotangents: four columns at a time. Real and
 * imaginary parts take turns in one loop, because what a pass of the loop loads has to fit into the registers beside the sums.
 */
export function applyTransposed<V extends FloatVector>(context: CollapsedContext<V>, pairBytes: I32): void {
  const { fn, ops, plan, areas } = context;
  const { states } = plan;
  const partBytes = matrixPartBytes(states, ops.elementBytes);
  const tile = Math.min(4, states);
  const final = fn.let(i32.multiply(pairBytes, (states * amplitudeBytes) / vectorBytes));
  fn.loop(0, states, tile, (column) => {
    const at = fn.let(i32.multiply(column, ops.elementBytes));
    const sums = Array.from({ length: 2 * tile }, () => fn.let(ops.constant(0)));
    fn.loop(final, i32.add(final, states * amplitudeBytes), vectorBytes, (from) => {
      const lambda = [0, 1].map((block) =>
        fn.let(ops.load(from, areas.finalCotangents + block * states * amplitudeBytes)),
      );
      for (let k = 0; k < tile; k++) {
        const value = fn.let(ops.loadSplat(at, areas.matrix + k * ops.elementBytes));
        for (const block of [0, 1]) {
          fn.set(sums[2 * k + block]!, ops.multiplyAdd(value, lambda[block]!, sums[2 * k + block]!));
        }
      }
      fn.set(at, i32.add(at, partBytes));
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
  const { width = 1 } = lambda;
  fn.loop(0, states * amplitudeBytes, amplitudes * amplitudeBytes, (amplitude) => {
    const parts = Array.from({ length: 2 * amplitudes }, (_, part) => part * vectorBytes);
    const sums = parts.map(() => Array.from({ length: lanes }, () => fn.let(ops.constant(0))));
    const from = fn.let(amplitude);
    fn.loop(firstColumn, i32.add(firstColumn, end), vectorBytes * states, (m) => {
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
      fn.set(from, i32.add(from, states * amplitudeBytes));
    });
    const to = fn.let(i32.add(lambda.base, i32.multiply(amplitude, width)));
    parts.forEach((offset, part) => {
      fn.store(to, lambda.offset + offset * width, lanesOfSums(fn, ops, sums[part]!));
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
