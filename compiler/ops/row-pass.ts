import type { Expression } from '../kernel/expression.js';
import { type FunctionBuilder, i32 } from '../kernel/function-builder.js';
import type { RowBuffer } from '../op.js';

/**
 * Stores neighbouring vectors from `address + offset` on. All are computed before the first is stored: engines can then
 * make one operation of twice the width out of two.
 */
export function storeVectors(
  fn: FunctionBuilder,
  address: Expression<'i32'>,
  offset: number,
  values: readonly Expression<'f32x4'>[],
): void {
  values
    .map((value) => fn.let(value))
    .forEach((value, i) => {
      fn.store(address, offset + 16 * i, value);
    });
}

/**
 * Stores, or adds, a value for every element of `rows` rows, four samples at a time. `position + offset` is the byte
 * distance from the start of any row buffer of the program; locals that `value` makes live for two vectors.
 */
export function mapVectors(
  fn: FunctionBuilder,
  { rows, strideBytes }: Pick<RowBuffer, 'rows' | 'strideBytes'>,
  sampleBytes: Expression<'i32'>,
  target: { readonly address: number; readonly accumulate?: boolean },
  value: (position: Expression<'i32'>, offset: number) => Expression<'f32x4'>,
): void {
  const ops = fn.f32;
  fn.loop(0, rows * strideBytes, strideBytes, (row) => {
    const end = fn.let(i32.add(row, sampleBytes));
    fn.loop(row, end, 32, (position) => {
      const values = [0, 16].map((offset) => {
        const result = fn.let(value(position, offset));
        return target.accumulate === true ? ops.add(ops.load(position, target.address + offset), result) : result;
      });
      storeVectors(fn, position, target.address, values);
    });
  });
}

/** Visits four samples at a time; for ops that combine the rows of a sample. `sample` is the byte offset within a row. */
export function forEachSample(
  fn: FunctionBuilder,
  sampleBytes: Expression<'i32'>,
  body: (sample: Expression<'i32'>) => void,
): void {
  fn.loop(0, sampleBytes, 16, body);
}

/** Adds up the four lanes as (0 + 1) + (2 + 3). */
export function sumLanes(fn: FunctionBuilder, vector: Expression<'f32x4'>): Expression<'f32'> {
  const ops = fn.f32;
  const v = fn.let(vector);
  const pairs = fn.let(ops.add(v, ops.shuffle(v, v, [1, 0, 3, 2])));
  return ops.lane(ops.add(pairs, ops.shuffle(pairs, pairs, [2, 3, 0, 1])), 0);
}

/** Stores `dx` where it belongs: writes it, or adds it to what is there. */
export function storeGradient(
  fn: FunctionBuilder,
  target: RowBuffer & { readonly accumulate: boolean },
  position: Expression<'i32'>,
  offset: number,
  dx: Expression<'f32x4'>,
): void {
  const at = target.address + offset;
  fn.store(position, at, target.accumulate ? fn.f32.add(fn.f32.load(position, at), dx) : dx);
}
