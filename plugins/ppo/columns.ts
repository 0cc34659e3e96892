import type { Rows } from '../../core/index.js';

/** Copies a column of rows to place `sample` of an array that lies sample by sample. */
export function readColumn({ data, stride, rows }: Rows, column: number, samples: Float32Array, sample: number): void {
  const start = sample * rows;
  for (let row = 0; row < rows; row++) samples[start + row] = data[row * stride + column]!;
}

/** Copies `count` samples, the first one at `sample`, to columns 0 .. count - 1. */
export function writeColumns(samples: Float32Array, { data, stride, rows }: Rows, count: number, sample = 0): void {
  for (let column = 0; column < count; column++) {
    const start = (sample + column) * rows;
    for (let row = 0; row < rows; row++) data[row * stride + column] = samples[start + row]!;
  }
}
