import { factorsOf, type Angle } from './angle.js';

/** factor * variable */
export interface WeightTerm {
  readonly index: number;
  readonly factor: number;
}

/** constant + sum of weights + at most one input, each with a factor. */
export interface AngleSum {
  constant: number;
  readonly weights: WeightTerm[];
  input: WeightTerm | undefined;
}

export function noAngle(): AngleSum {
  return fixedAngle(0);
}

export function fixedAngle(constant: number): AngleSum {
  return { constant, weights: [], input: undefined };
}

/**
 * A large constant less whole periods of a rotation, 4 pi with its sign, so that it loses nothing in float32. The remainder is exact but
 * for the 4.9e-16 by which 4 pi is more than its float64.
 */
export function withinPeriod(constant: number): number {
  const period = 4 * Math.PI;
  if (Math.abs(constant) <= period) return constant;
  return (constant % period) - Math.trunc(constant / period) * 4.898587196589413e-16;
}

/** An angle as a sum, or undefined for a product of several variables. */
export function angleSum(angle: Angle): AngleSum | undefined {
  const [factor, variables] = factorsOf(angle);
  const [variable] = variables;
  if (variables.length > 1) return undefined;
  if (variable === undefined) return fixedAngle(withinPeriod(factor));
  const term = { index: variable.index, factor };
  if (variable.source === 'weight') return { constant: 0, weights: [term], input: undefined };
  return { constant: 0, weights: [], input: term };
}

/** sum += angle, where at most one of them has an input. */
export function addTo(sum: AngleSum, angle: AngleSum): void {
  sum.constant += angle.constant;
  sum.weights.push(...angle.weights);
  sum.input ??= angle.input;
}

export function scaled({ constant, weights, input }: AngleSum, by: number): AngleSum {
  const term = ({ index, factor }: WeightTerm): WeightTerm => ({ index, factor: by * factor });
  return { constant: by * constant, weights: weights.map(term), input: input && term(input) };
}

export function isZero({ constant, weights, input }: AngleSum): boolean {
  return constant === 0 && weights.length === 0 && input === undefined;
}
