import type { Domains, ValuesOf } from '../domain.js';
import type { Genome } from '../genome/genome.js';
import type { NetworkMeasures } from '../genome/network-measures.js';
import type { Registered } from '../registry.js';
import type { Rng } from '../random.js';
import type { CurveBound } from '../training/curve-watch.js';
import type { CurvePoint } from '../training/trainer.js';
import type { Moves } from './moves.js';

/** Where a genome came from. */
export interface Origin {
  /** Id of the mutation, or "random". */
  readonly by: string;
  /** Candidate numbers of the parents. */
  readonly parents: readonly number[];
}

/** What a strategy wants evaluated next. */
export interface Proposal {
  readonly genome: Genome;
  readonly origin: Origin;
  /** Share of the training budget, in (0, 1]; default 1. */
  readonly fidelity?: number;
  /**
   * An earlier candidate with this genome whose paused training goes on; its fidelity was lower. It uses the seeds of that
   * candidate: an evaluator that kept the state of the training goes on from there, any other trains from the start and
   * comes to the same.
   */
  readonly continues?: number;
  /**
   * An earlier candidate, told with a score, whose trained weights this one begins with as far as they fit; see
   * `SearchStrategy.inheritsWeights`. Its score then rests on more training than one of a candidate that began at random,
   * and counts apart from those of the same network without this inheritance.
   */
  readonly inherits?: number;
  /** What moves threw away since the proposal before, by "mutation: rule"; filled in by the run loop, not by strategies. */
  readonly refused?: Readonly<Record<string, number>>;
  /** True: train this genome again with fresh seeds even if it was seen before, whatever the policy for duplicates. */
  readonly again?: boolean;
  /**
   * Its training is stopped early where its curve is below one of these. It then has no score, as if it had failed, and
   * `Told.curve` is as far as it came. Made of results that were told, so that it is the same for any number of workers.
   * Ignored where a paused training goes on: what was passed before cannot be asked again.
   */
  readonly stopBelow?: readonly CurveBound[];
}

/** What a strategy hears of candidate `index`. */
export interface Told {
  readonly index: number;
  readonly genome: Genome;
  /** Equal for genomes that are the same network. */
  readonly identity: string;
  readonly origin: Origin;
  /**
   * What the experiment ranks by (mean or lower confidence bound over `evaluations`), higher is better; undefined when the
   * candidate failed.
   */
  readonly score: number | undefined;
  /** Mean of the first objective over `evaluations`, where `score` is a lower bound of it; else left out. */
  readonly mean?: number;
  /** Value of every objective of the experiment, in order, higher is better; the first belongs to `score`. Undefined = failed. */
  readonly objectives: readonly number[] | undefined;
  /** Every metric that has a value, in its own direction; empty when the candidate failed. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Trainings of this network that `score` rests on, at this fidelity; 0 when it failed. */
  readonly evaluations: number;
  /** Sample standard deviation of the first objective over them; undefined for fewer than two. */
  readonly deviation: number | undefined;
  /** Share of the training budget it was trained with. */
  readonly fidelity: number;
  /** Learning curve of its first training, or of one that was stopped early; undefined where there is none. */
  readonly curve?: readonly CurvePoint[] | undefined;
}

/** What a strategy may know of the experiment. */
export interface StrategyContext {
  /** Total budget of candidates. */
  readonly candidates: number;
  /** Ids of the objectives, in the order of `Told.objectives`. */
  readonly objectives: readonly string[];
  /** Numbers about untrained networks; absent where there is no environment to measure in, as on landscapes of tests. */
  readonly measures?: NetworkMeasures;
}

/**
 * A search in progress: a state machine without clock, threads or storage. `ask(n)` is called for n = 0, 1, 2 ... and
 * sees exactly the results told so far; results are told in candidate order. A candidate without a genome (its mutation
 * threw) is told to nobody. Where the experiment rejects duplicates, `ask(n)` is called again with another stream when its
 * proposal was seen before: the last proposal for n is the one that is told.
 */
export interface Search {
  /** The next candidate; undefined = nothing more to propose. `rng` belongs to candidate `index` alone. */
  ask(index: number, rng: Rng): Proposal | undefined;
  tell(result: Told): void;
}

/** How a search goes about it. Higher scores are better. */
export interface SearchStrategy<D extends Domains = Domains> extends Registered {
  readonly options: D;
  /** @throws HqnasError `invalid-option` when options contradict each other */
  start(options: ValuesOf<D>, moves: Moves, context: StrategyContext): Search;
  /** True where proposals may take over trained weights: those of every candidate are then kept as artifacts. */
  inheritsWeights?(options: ValuesOf<D>): boolean;
}

/** Gives a strategy its types. */
export function defineStrategy<const D extends Domains>(strategy: SearchStrategy<D>): SearchStrategy {
  return strategy;
}
