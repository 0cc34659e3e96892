import type { MemoryViews } from '../../compiler/index.js';
import type { AngleSum } from './angle-sum.js';
import type { TableAddresses } from './prepare.js';
import { stringAreaBytes, turnBytes, weightTermBytes, type StringAreaName } from './string-layout.js';
import type { StringPlan } from './string-plan.js';

/** Fills what follows from the circuit alone, and clears the sums of the backward pass. */
export function initializeStrings(
  { f32, f64, i32 }: MemoryViews,
  at: TableAddresses,
  plan: StringPlan,
  element: 4 | 8,
): void {
  // The names are those of stringAreaBytes.
  const areas = at.workspace as Readonly<Record<StringAreaName, number>>;
  const [weights, gradients] = [at.parameters[0] ?? 0, at.parameterGradients[0] ?? 0];
  let record = areas.terms;
  const addAngle = ({ constant, weights: terms }: AngleSum, index: number): void => {
    f64[areas.angleConstants / 8 + index] = constant;
    for (const { index: weight, factor } of terms) {
      i32[record / 4] = weights + weight * element;
      i32[record / 4 + 1] = areas.angles + index * 8;
      i32[record / 4 + 2] = gradients + weight * element;
      i32[record / 4 + 3] = areas.angleGradients + index * 8;
      f64[record / 8 + 2] = factor;
      record += weightTermBytes;
    }
  };
  plan.angles.forEach(addAngle);
  for (const { angle, index } of plan.starts.flat()) addAngle(angle, plan.angles.length + index);
  plan.turns.forEach(({ a, b, angle }, turn) => {
    i32.set([a * 16, b * 16, angle * 8], (areas.turns + turn * turnBytes) / 4);
  });
  plan.terms.forEach(({ sign }, index) => {
    f64[areas.signs / 8 + index] = sign;
    f64.set([plan.first[index]!, 0], areas.firstCoefficients / 8 + 2 * index);
  });
  const sizes = stringAreaBytes(plan, at.capacity, element);
  for (const name of ['termSums', 'startSums'] as const) {
    f32.fill(0, areas[name] / 4, (areas[name] + sizes[name]) / 4);
  }
  i32[areas.stale / 4] = 1;
}
