import { exponential, logarithm } from '../../core/index.js';

/** What is known of one network. */
export interface Observation {
  /** Mean over its trainings. */
  readonly score: number;
  readonly trainings: number;
}

/** A normal distribution. */
export interface Estimate {
  readonly mean: number;
  readonly deviation: number;
}

/** Bound once: looking up a global is slow where code runs in a sandbox, as tests do. */
const { abs, max, sqrt } = Math;

/** Lengths over which networks are alike, in units of the distance, and noise of a training beside the spread of all networks. */
const lengths = [1, 2, 4] as const;
const noises = [0.15, 0.5, 1.5] as const;

/**
 * A Gaussian process over networks (Rasmussen and Williams 2006, algorithm 2.1): networks a short way apart score alike,
 * with correlation exp(-distance / length), and every training adds noise. Length and noise are those of a small grid under
 * which the observations are most likely (equation 2.30); the spread is scaled such that it is likeliest.
 */
export interface Belief {
  /** The scores without noise of the observed networks. */
  readonly known: readonly Estimate[];
  /** The score without noise of a network with these distances to the observed ones. */
  of(distances: Float64Array): Estimate;
  /** Standard deviation of one training. */
  readonly noise: number;
  readonly scales: Scales;
}

/** What a belief takes from the observations beside their scores. */
export interface Scales {
  readonly length: number;
  /** Variance of a training's noise, in units of the spread of all networks. */
  readonly ratio: number;
}

interface Fit {
  readonly scales: Scales;
  /** Lower triangle, row by row. */
  readonly factor: Float64Array;
  /** Covariance times these weights are the centred scores. */
  readonly weights: Float64Array;
  /** Of networks without noise. */
  readonly variance: number;
  readonly likelihood: number;
}

/**
 * @param distances between all observed networks, [i * count + j]; at least one
 * @param given scales that are taken over instead of being fitted
 */
export function believe(observations: readonly Observation[], distances: Float64Array, given?: Scales): Belief {
  const count = observations.length;
  const trainings = observations.reduce((sum, observation) => sum + observation.trainings, 0);
  const mean = observations.reduce((sum, { score, trainings: own }) => sum + (score / trainings) * own, 0);
  const unit = observations.reduce((largest, { score }) => max(largest, abs(score - mean)), 0) || 1;
  const centred = Float64Array.from(observations, ({ score }) => (score - mean) / unit);
  const { scales, factor, weights, variance } = likeliest(observations, distances, centred, given);
  const inverse = invertLower(factor, count);
  const row = new Float64Array(count);

  const of = (distancesTo: Float64Array): Estimate => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (row[i] = likeness(distancesTo[i]!, scales)) * weights[i]!;
    let explained = 0;
    for (let i = 0; i < count; i++) {
      let part = 0;
      for (let k = 0; k <= i; k++) part += inverse[i * count + k]! * row[k]!;
      explained += part * part;
    }
    return { mean: mean + unit * sum, deviation: unit * sqrt(variance * max(0, 1 - explained)) };
  };
  const known = observations.map(({ trainings: own }, i): Estimate => {
    // What noise explains of the score is taken from it: K a + N a = y, so K a = y - N a; and K - K (K + N)^-1 K likewise.
    const noise = scales.ratio / own;
    let precision = 0;
    for (let k = i; k < count; k++) precision += inverse[k * count + i]! * inverse[k * count + i]!;
    const left = variance * max(0, noise - noise * noise * precision);
    return { mean: mean + unit * (centred[i]! - noise * weights[i]!), deviation: unit * sqrt(left) };
  });
  return { of, known, noise: unit * sqrt(variance * scales.ratio), scales };
}

function likeliest(
  observations: readonly Observation[],
  distances: Float64Array,
  centred: Float64Array,
  given: Scales | undefined,
): Fit {
  if (given !== undefined) return fit(observations, distances, centred, given);
  let best: Fit | undefined;
  for (const length of lengths) {
    for (const ratio of noises) {
      const fitted = fit(observations, distances, centred, { length, ratio });
      if (best === undefined || fitted.likelihood > best.likelihood) best = fitted;
    }
  }
  return best!; // the grid is not empty
}

function fit(
  observations: readonly Observation[],
  distances: Float64Array,
  centred: Float64Array,
  scales: Scales,
): Fit {
  const count = observations.length;
  const factor = new Float64Array(count * count);
  let logDeterminant = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 + scales.ratio / observations[i]!.trainings : likeness(distances[i * count + j]!, scales);
      for (let k = 0; k < j; k++) sum -= factor[i * count + k]! * factor[j * count + k]!;
      // The likeness of lists need not be positive definite to the last digit.
      if (i === j) factor[i * count + i] = sqrt(max(1e-6, sum));
      else factor[i * count + j] = sum / factor[j * count + j]!;
    }
    logDeterminant += 2 * logarithm(factor[i * count + i]!);
  }
  const weights = centred.slice();
  solveLower(factor, weights, count);
  let squares = 0;
  for (let i = 0; i < count; i++) squares += weights[i]! * weights[i]!;
  for (let i = count - 1; i >= 0; i--) {
    let sum = weights[i]!;
    for (let k = i + 1; k < count; k++) sum -= factor[k * count + i]! * weights[k]!;
    weights[i] = sum / factor[i * count + i]!;
  }
  // Equal scores leave no spread to be explained.
  const variance = max(squares / count, 1e-12);
  return { scales, factor, weights, variance, likelihood: -count * logarithm(variance) - logDeterminant };
}

/** Correlation of two networks. */
function likeness(distance: number, { length }: Scales): number {
  return exponential(-distance / length);
}

/** Solves factor x = values in place. */
function solveLower(factor: Float64Array, values: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    let sum = values[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * count + k]! * values[k]!;
    values[i] = sum / factor[i * count + i]!;
  }
}

/** The inverse of a lower triangle. */
function invertLower(factor: Float64Array, count: number): Float64Array {
  const inverse = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const pivot = 1 / factor[i * count + i]!;
    inverse[i * count + i] = pivot;
    for (let k = 0; k < i; k++) {
      const share = factor[i * count + k]! * pivot;
      for (let j = 0; j <= k; j++) inverse[i * count + j]! -= share * inverse[k * count + j]!;
    }
  }
  return inverse;
}
