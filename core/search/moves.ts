import type { Genome } from '../genome/genome.js';
import type { Rng } from '../random.js';

export interface Move {
  readonly genome: Genome;
  /** Id of the mutation, or "random". */
  readonly by: string;
}

/** All that a strategy may do to genomes: every result is expressible, within the limits and keeps the constraints. */
export interface Moves {
  /** @throws HqnasError `search-starved` when no valid genome is found in a bounded number of tries */
  random(rng: Rng): Move;
  /** One mutation of the parent, drawn by weight; another is drawn where one does not apply. @throws HqnasError `search-starved`, CandidateFailure when a mutation throws */
  mutate(parent: Genome, rng: Rng): Move;
  /**
   * A genome that the strategy made itself (crossover, grid, warm start), examined like all others and repaired where a
   * constraint offers it; undefined when it does not pass.
   * @param by what made it, for the history: an id such as "nsga/crossover"
   */
  accept(genome: Genome, by: string): Move | undefined;
}
