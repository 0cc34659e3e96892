import { mean } from '../../core/statistics.js';
import { interquartileMean } from '../../core/training/metrics.js';

/** What the seeds of a task should reach. A score is the mean of a seed's episodes. */
export interface Bar {
  readonly text: string;
  holds(scores: readonly number[]): boolean;
}

export function atLeast(least: number): Bar {
  return { text: `mean >= ${least}`, holds: (scores) => mean(scores) >= least };
}

export function iqmAtLeast(least: number): Bar {
  return { text: `IQM >= ${least}`, holds: (scores) => interquartileMean(scores) >= least };
}

export function mostSeedsAtLeast(least: number, share: number): Bar {
  return {
    text: `${100 * share} % of seeds >= ${least}`,
    holds: (scores) => scores.filter((score) => score >= least).length >= Math.floor(share * scores.length),
  };
}
