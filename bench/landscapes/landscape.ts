import type { Genome, Moves, NetworkMeasures } from '../../core/index.js';

/** A search problem with a known answer that costs nothing to evaluate. */
export interface Landscape {
  readonly name: string;
  readonly moves: Moves;
  /** The true score, without noise; higher is better. */
  score(genome: Genome): number;
  /** The best score there is; undefined where nobody knows. */
  readonly optimum?: number;
  /** Several objectives instead of the score, higher is better. */
  objectives?(genome: Genome): readonly number[];
  /** Metrics that a search is told. */
  metrics?(genome: Genome): Readonly<Record<string, number>>;
  /** What strategies may know of untrained networks. */
  readonly measures?: NetworkMeasures;
  /** How much of the score a training with a small budget misses: score(f) = score - (1 - f) lag. */
  lag?(genome: Genome): number;
  /**
   * The score that a training shows, instead of the true one with noise.
   * @param trained earlier trainings of this network with this share of the budget
   */
  train?(genome: Genome, trained: number, fidelity: number): number;
  /** Trainings of one network that can be shown; undefined = any number. */
  readonly mostTrainings?: number;
  /** True: a network that comes again keeps its result, unless a strategy asks for another training. Default: it is trained again. */
  readonly reuses?: boolean;
}
