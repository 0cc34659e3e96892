import type { MemoryViews, RowBuffer } from '../../compiler/index.js';

/** Samples of a row buffer as [samples, rows], the order that TensorFlow.js expects. */
export function readRows(
  { f32 }: MemoryViews,
  { address, rows, strideBytes }: RowBuffer,
  samples: number,
): Float32Array {
  const values = new Float32Array(samples * rows);
  for (let row = 0; row < rows; row++) {
    const start = (address + row * strideBytes) / 4;
    for (let sample = 0; sample < samples; sample++) values[sample * rows + row] = f32[start + sample]!;
  }
  return values;
}

/** The way back. */
export function writeRows({ f32 }: MemoryViews, to: RowBuffer, samples: number, values: Float32Array): void {
  for (let row = 0; row < to.rows; row++) {
    const start = (to.address + row * to.strideBytes) / 4;
    for (let sample = 0; sample < samples; sample++) f32[start + sample] = values[sample * to.rows + row]!;
  }
}

/** Adds [samples, rows] to what is in a row buffer. */
export function addRows({ f32 }: MemoryViews, to: RowBuffer, samples: number, values: Float32Array): void {
  for (let row = 0; row < to.rows; row++) {
    const start = (to.address + row * to.strideBytes) / 4;
    for (let sample = 0; sample < samples; sample++) f32[start + sample]! += values[sample * to.rows + row]!;
  }
}

/** Writes the transpose of `values`, [rows][columns], into `into`, [columns][rows]. */
export function transpose<T extends Float32Array | Float64Array>(
  values: Float32Array | Float64Array,
  rows: number,
  columns: number,
  into: T,
): T {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) into[column * rows + row] = values[row * columns + column]!;
  }
  return into;
}
