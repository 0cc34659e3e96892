import type { Genome } from '../genome/genome.js';
import type { GenomeGrid } from '../genome/grid.js';
import type { Rng } from '../random.js';

/** A new genome, and how it came about. */
export interface Move {
  readonly genome: Genome;
  /** Id of the mutation, "random", "crossover", or what a strategy calls its own way. */
  readonly by: string;
}

/** All that a strategy may do to genomes: every move is expressible, within the limits and keeps the constraints. */
export interface Moves {
  /** @throws HqnasError `search-starved` when no valid genome is found in a bounded number of tries */
  random(rng: Rng): Move;
  /** One mutation of the parent, drawn by weight; another is drawn where one does not apply. @throws HqnasError `search-starved`, CandidateFailure when a mutation throws */
  mutate(parent: Genome, rng: Rng): Move;
  /**
   * A genome that the strategy made itself (grid, warm start), examined like all others and repaired where a constraint
   * offers it; undefined when it does not pass.
   * @param by what made it, for the history: an id such as "grid/enumeration"
   */
  accept(genome: Genome, by: string): Move | undefined;
  /** The mutations that `mutate` draws from, with their weights. */
  readonly mutations: readonly { readonly id: string; readonly weight: number }[];
  /** The mutation `id` of the parent; undefined when it does not apply or no child of a few tries is valid. @throws CandidateFailure when it throws */
  mutateBy(id: string, parent: Genome, rng: Rng): Move | undefined;
  /** One-point crossover of the layer lists, each cut at a place of its own; undefined when no child of a few tries is valid. */
  crossover(first: Genome, second: Genome, rng: Rng): Move | undefined;
  /** Equal for genomes that are the same network. */
  identity(genome: Genome): string;
  /** The genome of a DNA, not examined yet. @throws HqnasError `invalid-dna` */
  read(dna: string): Genome;
  /** Every genome of these kinds of layers within the limits, numbered, not examined yet. @throws HqnasError `unknown-id` */
  grid(kinds: readonly string[]): GenomeGrid;
}
