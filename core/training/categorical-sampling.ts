import { exponential, logarithm } from '../math.js';
import type { Rows } from '../rows.js';

/**
 * Logarithms of the probabilities that a column of logits stands for, as z_j - max z - log sum_k exp(z_k - max z).
 * @param into receives one number per row of `logits`
 */
export function logSoftmax({ data, stride, rows }: Rows, column: number, into: Float64Array): void {
  let largest = -Infinity;
  for (let row = 0; row < rows; row++) largest = Math.max(largest, data[row * stride + column]!);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const logit = data[row * stride + column]! - largest;
    into[row] = logit;
    sum += exponential(logit);
  }
  const logSum = logarithm(sum);
  for (let row = 0; row < rows; row++) into[row]! -= logSum;
}

/**
 * Draws from a categorical distribution by inversion.
 * @param logProbabilities one number per choice
 * @param uniform in [0, 1)
 * @returns index of the choice
 */
export function drawCategorical(logProbabilities: Float64Array, uniform: number): number {
  const last = logProbabilities.length - 1;
  let rest = uniform;
  for (let choice = 0; choice < last; choice++) {
    rest -= exponential(logProbabilities[choice]!);
    if (rest < 0) return choice;
  }
  return last;
}

/** Row with the largest number of a column; the first of several. */
export function largestRow({ data, stride, rows }: Rows, column: number): number {
  let best = 0;
  for (let row = 1; row < rows; row++) {
    if (data[row * stride + column]! > data[best * stride + column]!) best = row;
  }
  return best;
}
