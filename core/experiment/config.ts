import type { JsonObject } from '../json.js';

/** A component of an experiment: which one, and its options beside it, as in the file. */
export type ComponentConfig = JsonObject & { readonly use: string };

/** A strategy with its options, and the middleware around it: the first is nearest to the strategy. */
export type StrategyConfig = ComponentConfig & { readonly with?: readonly ComponentConfig[] };

export interface ScoreConfig {
  readonly policy: 'greedy' | 'stochastic';
  readonly episodes: number;
}

export interface SearchSpaceConfig {
  readonly use: string;
  /** Narrower ranges by name; names left out keep the search space's own. */
  readonly limits: Readonly<Record<string, readonly [minimum: number, maximum: number]>>;
  /** Mutations that are drawn, with their weights. */
  readonly mutations: Readonly<Record<string, number>>;
  /** Rules that hold, those of the search space first: ids, with options beside them where there are any. */
  readonly constraints: readonly (string | ComponentConfig)[];
}

export interface EvaluationConfig {
  readonly scores: readonly ScoreConfig[];
  /** Metric that the search maximises (or minimises, where the metric says so). */
  readonly objective: string;
  /** What happens to a candidate that is the same network as an earlier one: take its score over, or train it again. */
  readonly duplicates: 'reuse' | 're-evaluate';
}

/** An experiment with every default filled in and every id resolved: what its header stores. A valid config file, too. */
export interface ExperimentConfig {
  readonly name: string;
  /** Paths relative to the config file, or package names. */
  readonly plugins: readonly string[];
  readonly environment: ComponentConfig;
  readonly searchSpace: SearchSpaceConfig;
  readonly strategy: StrategyConfig;
  readonly trainer: ComponentConfig;
  readonly evaluation: EvaluationConfig;
  /** A total: it does not start again with a resume. */
  readonly budget: { readonly candidates: number };
  readonly seed: number;
  /** Relaxed SIMD: faster where the engine has it, and the last bits of results depend on the machine. Recorded with every score. */
  readonly fast: boolean;
  /** How many candidates may be proposed before a result is known; part of the experiment, because it changes results. */
  readonly lookahead: number;
}

/** The options of a component, without its id and the middleware around it. */
export function optionsOf(component: ComponentConfig): JsonObject {
  return Object.fromEntries(Object.entries(component).filter(([name]) => name !== 'use' && name !== 'with'));
}
