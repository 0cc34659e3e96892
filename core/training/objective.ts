import type { Training } from './evaluator.js';
import type { Metric } from './metric.js';

/** A metric that the search improves. */
export interface Objective {
  readonly id: string;
  readonly direction: Metric['direction'];
}

/** A value turned such that higher is better; the same call turns it back. */
export function towards({ direction }: Pick<Objective, 'direction'>, value: number): number {
  return direction === 'maximise' || value === 0 ? value : -value;
}

/**
 * Value of every objective, higher is better; the first is the score. NaN where a metric has no value.
 */
export function objectiveValues(
  objectives: readonly Objective[],
  { score, metrics }: Pick<Training, 'score' | 'metrics'>,
): number[] {
  return objectives.map((objective, i) => (i === 0 ? score : towards(objective, metrics[objective.id] ?? NaN)));
}
