import type { BoxSpace } from '../environment/space.js';
import { exponential } from '../math.js';
import type { Rng } from '../random.js';
import type { Rows } from '../rows.js';

/** log(2 pi) / 2 */
const halfLogTwoPi = 0.9189385332046727;

/**
 * Draws from independent normal distributions: means stand in the upper half of the rows of `policy`, logarithms of
 * standard deviations in the lower half. Rounded to float32, as actions are stored.
 * @param into receives the action from place `start` on
 */
export function drawGaussian(
  { data, stride, rows }: Rows,
  column: number,
  rng: Rng,
  into: Float32Array,
  start: number,
): void {
  const size = rows >> 1;
  for (let row = 0; row < size; row++) {
    const deviation = exponential(data[(size + row) * stride + column]!);
    into[start + row] = data[row * stride + column]! + deviation * rng.normal();
  }
}

/** Logarithm of the density of an action, over all its numbers: sum of -((a - mean) / deviation)^2 / 2 - log deviation - log(2 pi) / 2. */
export function gaussianLogDensity(
  { data, stride, rows }: Rows,
  column: number,
  actions: Float32Array,
  start: number,
): number {
  const size = rows >> 1;
  let sum = 0;
  for (let row = 0; row < size; row++) {
    const logDeviation = data[(size + row) * stride + column]!;
    const distance = (actions[start + row]! - data[row * stride + column]!) * exponential(-logDeviation);
    sum -= 0.5 * distance * distance + logDeviation + halfLogTwoPi;
  }
  return sum;
}

/** Copies an action to a column of rows, brought to the bounds of its box. */
export function writeClipped(
  { low, high }: BoxSpace,
  actions: Float32Array,
  start: number,
  { data, stride }: Rows,
  column: number,
): void {
  for (let row = 0; row < low.length; row++) {
    data[row * stride + column] = Math.min(high[row]!, Math.max(low[row]!, actions[start + row]!));
  }
}
