import type { CurvePoint } from './trainer.js';

/** A training goes on after so many steps only if its best mean return so far is at least this. Higher is better. */
export interface CurveBound {
  readonly steps: number;
  readonly return: number;
}

/** Watches one learning curve. */
export interface CurveWatch {
  /** @returns whether the training is to stop; from then on always */
  stops(point: CurvePoint): boolean;
  /** Why it was stopped; undefined while it was not. */
  readonly reason: string | undefined;
}

/**
 * Each bound is looked at once, with the first point at or behind its steps. As long as no episode has ended there is
 * nothing to compare, and the training goes on.
 */
export function createCurveWatch(bounds: readonly CurveBound[]): CurveWatch {
  const sorted = [...bounds].sort((a, b) => a.steps - b.steps);
  let next = 0;
  let best = -Infinity;
  let reason: string | undefined;
  return {
    stops({ steps, meanReturn }) {
      if (meanReturn !== undefined) best = Math.max(best, meanReturn);
      for (; next < sorted.length && sorted[next]!.steps <= steps; next++) {
        const bound = sorted[next]!.return;
        if (best === -Infinity || best >= bound || reason !== undefined) continue;
        reason = `stopped after ${steps} steps: the best mean return was ${best}, at least ${bound} was asked for`;
      }
      return reason !== undefined;
    },
    get reason() {
      return reason;
    },
  };
}
