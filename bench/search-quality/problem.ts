import type { Rng } from '../../core/index.js';
import type { Landscape } from '../landscapes/landscape.js';

/** What contenders are compared on. */
export interface Problem {
  readonly name: string;
  /** Standard deviation of the noise on a score that is made up. */
  readonly noise: number;
  /** True scores whose reaching is timed. */
  readonly goals: readonly number[];
  /** Decimals of a score. */
  readonly decimals: number;
  /** Untrained networks can be measured. */
  readonly measured?: true;
  /** The problem as one run of a search meets it. */
  landscape(rng: Rng): Landscape;
}
