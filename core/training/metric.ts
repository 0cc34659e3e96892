import type { Graph } from '../../compiler/graph.js';
import type { Registered } from '../registry.js';
import type { ModelCounts } from '../model/model.js';
import type { Genome } from '../genome/genome.js';
import type { Inherited, Score } from './evaluator.js';
import type { Trained } from './trainer.js';

/** All that a metric may look at. */
export interface Measured {
  readonly genome: Genome;
  readonly scores: readonly Score[];
  readonly counts: ModelCounts;
  /** The networks as ops; undefined where only their results are at hand. */
  readonly graph?: Graph | undefined;
  readonly trained: Trained;
  /** Undefined where the training began with random weights. */
  readonly inherited?: Inherited | undefined;
  /** Mean return at which the environment counts as solved; undefined where nobody has said. */
  readonly rewardThreshold?: number | undefined;
}

/** A number about a trained candidate; any of them can be the objective. */
export interface Metric extends Registered {
  readonly direction: 'maximise' | 'minimise';
  /** It looks at genome, counts and graph alone: known before training, and so of use to whoever screens networks. */
  readonly trainingFree?: true;
  /** Undefined where the metric does not apply (for example no greedy score was made). */
  of(measured: Measured): number | undefined;
}

/** Gives a metric its types. */
export function defineMetric(metric: Metric): Metric {
  return metric;
}
