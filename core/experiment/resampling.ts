import type { Rng } from '../random.js';
import { mean, quantileOfSorted } from '../statistics.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Default 10,000. */
  readonly resamples?: number;
  /** Share of resamples inside the interval; default 0.95. */
  readonly level?: number;
}

/**
 * Percentile interval of the stratified bootstrap: every stratum (the runs of one arm, or of one task) is drawn again by
 * itself, with replacement (Efron and Tibshirani 1993, "An introduction to the bootstrap", chapter 13; for runs of
 * reinforcement learning Agarwal et al. 2021, arXiv 2108.13264, section 4.1). With fewer than about ten values per
 * stratum such intervals are too narrow.
 * @param statistic gets one sample per stratum, in their order; it must not keep or change them
 * @returns undefined where a stratum has fewer than two values
 */
export function bootstrapInterval(
  strata: readonly (readonly number[])[],
  statistic: (...samples: readonly (readonly number[])[]) => number,
  rng: Rng,
  { resamples = 10_000, level = 0.95 }: BootstrapOptions = {},
): Interval | undefined {
  if (strata.some(({ length }) => length < 2)) return undefined;
  const samples = strata.map((values) => [...values]);
  const estimates = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    for (let stratum = 0; stratum < strata.length; stratum++) {
      const values = strata[stratum]!;
      const sample = samples[stratum]!;
      for (let i = 0; i < sample.length; i++) sample[i] = values[rng.int(values.length)]!;
    }
    estimates[resample] = statistic(...samples);
  }
  estimates.sort();
  return { low: quantileOfSorted(estimates, (1 - level) / 2), high: quantileOfSorted(estimates, (1 + level) / 2) };
}

/**
 * How likely a run of the first sample is above one of the second: the share of pairs in which it is, ties counting half
 * (Mann and Whitney 1947; "probability of improvement" in Agarwal et al. 2021, arXiv 2108.13264, section 4.3).
 */
export function probabilityAbove(first: readonly number[], second: readonly number[]): number {
  let above = 0;
  for (const value of first) {
    for (const other of second) above += value > other ? 1 : value === other ? 0.5 : 0;
  }
  return above / (first.length * second.length);
}

/** Up to so many pairs every pattern of signs is looked at. */
const exactPairs = 14;
const drawnPatterns = 20_000;

/**
 * Two-sided p value of the sign-flip test on paired differences: how often their mean is at least as far from 0 when each
 * of them has either sign with equal chance (Fisher 1935, "The design of experiments", section 21). Exact for up to 14 pairs, otherwise
 * 20,000 patterns are drawn, and the observed one counts as one of them (Phipson and Smyth 2010).
 * @returns undefined without a pair
 */
export function signFlipTest(differences: readonly number[], rng: Rng): number | undefined {
  const pairs = differences.length;
  if (pairs === 0) return undefined;
  // Sums of the same numbers in another order may differ in their last bits.
  const observed = Math.abs(mean(differences) * pairs) * (1 - 1e-12);
  let extreme = 0;
  if (pairs <= exactPairs) {
    for (let pattern = 0; pattern < 2 ** pairs; pattern++) {
      let sum = 0;
      for (let i = 0; i < pairs; i++) sum += ((pattern >> i) & 1) === 0 ? differences[i]! : -differences[i]!;
      if (Math.abs(sum) >= observed) extreme++;
    }
    return extreme / 2 ** pairs;
  }
  for (let draw = 0; draw < drawnPatterns; draw++) {
    let sum = 0;
    for (let i = 0; i < pairs; i++) sum += rng.int(2) === 0 ? differences[i]! : -differences[i]!;
    if (Math.abs(sum) >= observed) extreme++;
  }
  return (extreme + 1) / (drawnPatterns + 1);
}

/** P values of one family of tests, adjusted such that all may be read at once (Holm 1979), in the order given. */
export function holmAdjusted(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const adjusted: number[] = [];
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * values[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}
