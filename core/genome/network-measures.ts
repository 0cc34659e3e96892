import type { Genome } from './genome.js';

/**
 * Numbers about networks that were not trained, for strategies, middleware and constraints, in the thread of the search:
 * training-free measures, and metrics that need no training such as `score/parameters`. A number is a property of the
 * network: equal for equal (seed, environment, trainer, genome), whoever asks and when, so that a strategy may ask for
 * children that never become candidates. What is asked for twice is computed once.
 *
 * Costs: metrics, and measures that look at the ops alone, a fraction of a millisecond; measures that run the network some
 * milliseconds, for wide circuits tens of them, most of which is compilation; `measures/one-update-gain` a short training.
 * A search waits for them, workers do not.
 */
export interface NetworkMeasures {
  /** Whether the id is a measure or a metric that needs no training. */
  has(id: string): boolean;
  /** @throws HqnasError `unknown-id` */
  directionOf(id: string): 'maximise' | 'minimise';
  /**
   * Undefined where it does not apply: a measure of circuits to a classical network.
   * @throws HqnasError `unknown-id`; CandidateFailure when the measure throws or the genome cannot be expressed
   */
  of(id: string, genome: Genome): number | undefined;
}
