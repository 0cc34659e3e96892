import { amplitudeBytes, vectorBytes } from './layout.js';
import type { StringPlan } from './string-plan.js';

/** Bytes of a record of {@link StringAreaName} `terms`: addresses of weight, angle, weight gradient, angle gradient; the factor. */
export const weightTermBytes = 32;
/** Bytes of a record of `turns`: where both coefficients, the angle, and its gradient lie. */
export const turnBytes = 16;

export type StringAreaName =
  | 'stale'
  | 'angleConstants'
  | 'angles'
  | 'angleCosines'
  | 'angleSines'
  | 'angleGradients'
  | 'terms'
  | 'turns'
  | 'firstCoefficients'
  | 'coefficients'
  | 'signs'
  | 'work'
  | 'factors'
  | 'startAngleValues'
  | 'startCosines'
  | 'startSines'
  | 'startAngles'
  | 'blochVectors'
  | 'products'
  | 'productCotangents'
  | 'termSums'
  | 'startSums';

/** Number of angles: those of the turns, then those of the rotations from |0>. */
export function angleCount({ angles, startCount }: StringPlan): number {
  return angles.length + startCount;
}

/** Weights in angles, each place counted. */
export function weightTermCount({ angles, starts }: StringPlan): number {
  return [...angles, ...starts.flat().map(({ angle }) => angle)].reduce((sum, { weights }) => sum + weights.length, 0);
}

/** Bytes of every area, for `capacity` samples of `element` bytes a number. */
export function stringAreaBytes(plan: StringPlan, capacity: number, element: 4 | 8): Record<StringAreaName, number> {
  const blocks = Math.ceil(capacity / (vectorBytes / element));
  // Two angles at a time.
  const angles = angleCount(plan) * 8 + 8;
  const strings = plan.terms.length;
  const slack = vectorBytes;
  return {
    // An integer: 1 after the weights changed.
    stale: 4,
    // In float64, whatever the precision of the circuit: constant parts, angles, cos, sin, derivatives by the angles.
    angleConstants: angles,
    angles,
    angleCosines: angles,
    angleSines: angles,
    angleGradients: angles,
    terms: weightTermCount(plan) * weightTermBytes,
    turns: plan.turns.length * turnBytes,
    // Per coefficient in float64: at the start (and 0 beside it), at the end (and its derivative beside it), its sign.
    firstCoefficients: strings * vectorBytes,
    coefficients: strings * vectorBytes,
    signs: strings * 8,
    work: strings * vectorBytes,
    // Coefficient times sign, in the circuit's precision.
    factors: strings * element + slack,
    // Per rotation from |0> the part of its angle that samples share, its cos and its sin.
    startAngleValues: plan.startCount * element + slack,
    startCosines: plan.startCount * element + slack,
    startSines: plan.startCount * element + slack,
    // cos and sin vectors of the angles with inputs, per block.
    startAngles: blocks * plan.slotCount * amplitudeBytes,
    // x, y, z of each wire, per block.
    blochVectors: blocks * plan.starts.length * 3 * vectorBytes,
    // Per block, a vector each; their cotangents for one block.
    products: blocks * plan.products.length * vectorBytes,
    productCotangents: plan.products.length * vectorBytes,
    // Sums over blocks: derivatives by the coefficients, and by the angles from |0>.
    termSums: strings * vectorBytes,
    startSums: plan.startCount * vectorBytes,
  };
}
