/** Arithmetic mean of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n - 1); 0 for one value. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** 97.5 % quantile of the normal distribution. */
const normalQuantile = 1.959963984540054;

/**
 * 95 % interval of a share (Wilson 1927, "Probable inference, the law of succession, and statistical inference"): sensible for
 * few trials and for shares near 0 or 1. Undefined without a trial.
 */
export function shareInterval(
  successes: number,
  trials: number,
): { readonly low: number; readonly high: number } | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const square = normalQuantile * normalQuantile;
  const centre = (share + square / (2 * trials)) / (1 + square / trials);
  const spread = Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  const half = (normalQuantile * spread) / (1 + square / trials);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7, as NumPy's default). */
export function quantile(values: readonly number[], share: number): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** The same of values in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}
