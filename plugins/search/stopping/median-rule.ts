import { quantile, type CurveBound, type CurvePoint } from '../../../core/index.js';

export interface MedianRule {
  readonly quantile: number;
  /** Steps before which nothing is stopped. */
  readonly warmUp: number;
  /** Steps from one decision to the next. */
  readonly interval: number;
  /** Least number of curves with a value at a step. */
  readonly values: number;
}

/**
 * The median rule (Golovin et al. 2017, "Google Vizier", section 3.5.2, in the form of Optuna's MedianPruner): a training is
 * stopped where its best value so far is below the median, or another quantile, of what others had at the same step.
 * @param curves of trainings that came to their end
 */
export function medianBounds(curves: readonly (readonly CurvePoint[])[], rule: MedianRule): CurveBound[] {
  const byStep = new Map<number, number[]>();
  for (const curve of curves) {
    for (const { steps, meanReturn } of curve) {
      if (meanReturn === undefined) continue;
      const values = byStep.get(steps);
      if (values === undefined) byStep.set(steps, [meanReturn]);
      else values.push(meanReturn);
    }
  }
  const steps = decisionSteps([...byStep.keys()], rule.warmUp, rule.interval);
  return steps.flatMap((step) => {
    const values = byStep.get(step)!;
    return values.length < rule.values ? [] : [{ steps: step, return: quantile(values, rule.quantile) }];
  });
}

/** Of each interval after the warm-up the first step, in order. */
export function decisionSteps(steps: readonly number[], warmUp: number, interval: number): number[] {
  let last = -1;
  return [...steps]
    .sort((a, b) => a - b)
    .filter((step) => {
      if (step < warmUp) return false;
      const place = Math.floor((step - warmUp) / interval);
      if (place === last) return false;
      last = place;
      return true;
    });
}
