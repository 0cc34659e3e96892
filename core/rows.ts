/**
 * A matrix [rows][samples] inside a larger buffer, sample innermost: element (row, sample) is
 * `data[row * stride + sample]`. The buffer belongs to whoever made it; fetch views per call where its owner says so.
 */
export interface Rows {
  readonly data: Float32Array;
  /** Elements from one row to the next; at least the number of samples. */
  readonly stride: number;
  readonly rows: number;
}

/** A buffer of its own for `rows` x `samples` values, zero. */
export function createRows(rows: number, samples: number): Rows {
  return { data: new Float32Array(rows * samples), stride: samples, rows };
}
