import type { Rng } from '../random.js';
import type { Interval } from './resampling.js';
import { quantile } from '../statistics.js';

/** Values as places in the order of the different values: 0 for the smallest. */
interface Classes {
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * Spearman's rank correlation (Spearman 1904), equal values sharing the mean of their ranks: the correlation of the ranks.
 * @returns undefined for fewer than 3 pairs, or where one side is the same everywhere
 */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number | undefined {
  const all = Int32Array.from(first, (_, i) => i);
  return first.length < 3 ? undefined : correlationOf(classesOf(first), classesOf(second), all);
}

/**
 * Percentile interval of 95 % of the rank correlation: pairs are drawn again with replacement (Efron and Tibshirani 1993).
 * Up to 2,000 times, fewer for tens of thousands of pairs.
 */
export function rankCorrelationInterval(
  first: readonly number[],
  second: readonly number[],
  rng: Rng,
): Interval | undefined {
  const pairs = first.length;
  if (rankCorrelation(first, second) === undefined) return undefined;
  const [left, right] = [classesOf(first), classesOf(second)];
  const resamples = Math.max(200, Math.min(2000, Math.floor(2e7 / pairs)));
  const sample = new Int32Array(pairs);
  const estimates: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < pairs; i++) sample[i] = rng.int(pairs);
    const estimate = correlationOf(left, right, sample);
    // A sample of equal values has no correlation.
    if (estimate !== undefined) estimates.push(estimate);
  }
  return { low: quantile(estimates, 0.025), high: quantile(estimates, 0.975) };
}

function classesOf(values: readonly number[]): Classes {
  const places = new Map([...new Set(values)].sort((a, b) => a - b).map((value, place) => [value, place]));
  return { of: Int32Array.from(values, (value) => places.get(value)!), count: places.size };
}

/** Ranks need no sorting: the order of the classes is known, only how many of each are in the sample is not. */
function ranksOf({ of, count }: Classes, sample: Int32Array): Float64Array {
  const ranks = new Float64Array(count);
  for (const pair of sample) ranks[of[pair]!]! += 1;
  let before = 0;
  for (let place = 0; place < count; place++) {
    const size = ranks[place]!;
    ranks[place] = before + (size + 1) / 2;
    before += size;
  }
  return ranks;
}

function correlationOf(first: Classes, second: Classes, sample: Int32Array): number | undefined {
  const left = ranksOf(first, sample);
  const right = ranksOf(second, sample);
  const mean = (sample.length + 1) / 2;
  let product = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (const pair of sample) {
    const a = left[first.of[pair]!]! - mean;
    const b = right[second.of[pair]!]! - mean;
    product += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  }
  return leftSquares === 0 || rightSquares === 0 ? undefined : product / Math.sqrt(leftSquares * rightSquares);
}
