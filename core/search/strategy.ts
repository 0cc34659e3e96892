import type { Domains, ValuesOf } from '../domain.js';
import type { Genome } from '../genome/genome.js';
import type { Registered } from '../registry.js';
import type { Rng } from '../random.js';
import type { Moves } from './moves.js';

/** Where a genome came from. */
export interface Origin {
  /** Id of the mutation, or "random". */
  readonly by: string;
  /** Candidate numbers of the parents. */
  readonly parents: readonly number[];
}

export interface Proposal {
  readonly genome: Genome;
  readonly origin: Origin;
}

/** What a strategy hears of candidate `index`. */
export interface Told {
  readonly index: number;
  readonly genome: Genome;
  readonly origin: Origin;
  /** Undefined when the candidate failed. */
  readonly score: number | undefined;
}

/**
 * A search in progress: a state machine without clock, threads or storage. `ask(n)` is called for n = 0, 1, 2 ... and
 * sees exactly the results told so far; results are told in candidate order. A candidate without a genome (its mutation
 * threw) is told to nobody.
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
  start(options: ValuesOf<D>, moves: Moves): Search;
}

/** Gives a strategy its types. */
export function defineStrategy<const D extends Domains>(strategy: SearchStrategy<D>): SearchStrategy {
  return strategy;
}
