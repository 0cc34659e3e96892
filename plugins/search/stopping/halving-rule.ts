import type { CurveBound, CurvePoint } from '../../../core/index.js';

/**
 * Asynchronous successive halving without pauses (Li et al. 2020, arXiv 1810.05934, in the form of Optuna's
 * SuccessiveHalvingPruner): rung r stands at minimum * eta^r steps. Who comes there is stopped unless it is among the best
 * max(floor(k / eta), 1) of the k that came so far, itself included; of equal ones all go on.
 * @param curves of all trainings that were told, those that were stopped too: each counts at the rungs that it came to, with its
 * best value up to there
 */
export function halvingBounds(
  curves: readonly (readonly CurvePoint[])[],
  { minimum, eta }: { readonly minimum: number; readonly eta: number },
): CurveBound[] {
  const longest = curves.reduce((most, curve) => Math.max(most, curve.at(-1)?.steps ?? 0), 0);
  const bounds: CurveBound[] = [];
  for (let steps = minimum; steps <= longest; steps *= eta) {
    const values = curves.flatMap((curve) => valueAt(curve, steps) ?? []).sort((a, b) => b - a);
    const places = Math.max(1, Math.floor((values.length + 1) / eta));
    const worst = values[places - 1];
    if (worst !== undefined) bounds.push({ steps, return: worst });
  }
  return bounds;
}

/** The best value up to the first point at or behind a step; undefined where the curve ends before or has no value. */
function valueAt(curve: readonly CurvePoint[], steps: number): number | undefined {
  let best: number | undefined;
  for (const point of curve) {
    if (point.meanReturn !== undefined) best = Math.max(best ?? -Infinity, point.meanReturn);
    if (point.steps >= steps) return best;
  }
  return undefined;
}
