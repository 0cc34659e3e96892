import type { JsonObject } from '../../json.js';
import type { RankRule } from '../../search/network-records.js';
import type { DuplicatePolicy } from '../../search/run-search.js';

/** A component of an experiment: which one, and its options beside it, as in the file. */
export type ComponentConfig = JsonObject & { readonly use: string };

/** A strategy with its options, and the middleware around it: the first is nearest to the strategy. */
export type StrategyConfig = ComponentConfig & { readonly with?: readonly ComponentConfig[] };

/** An environment with its options, and the wrappers around it: the first is nearest to the environment. */
export type EnvironmentConfig = ComponentConfig & { readonly with?: readonly ComponentConfig[] };

export interface ScoreConfig {
  readonly policy: 'greedy' | 'stochastic';
  readonly episodes: number;
  /** Conditions that training did not have. */
  readonly under?: ComponentConfig;
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

/** What is done with the best networks of a search at its end. */
export interface FinalistsConfig {
  /** Networks that are trained again: the first of the leaderboard. */
  readonly top: number;
  /** Trainings of each. */
  readonly repeats: number;
  /** Held-out episodes per score of each training. */
  readonly episodes: number;
}

export interface EvaluationConfig {
  readonly scores: readonly ScoreConfig[];
  /** Metrics that the search improves; the first is the score that it ranks by. */
  readonly objectives: readonly string[];
  /** Training-free measures that every candidate has; left out where there are none. */
  readonly measures?: readonly (string | ComponentConfig)[];
  /** What happens to a candidate that is the same network as an earlier one. */
  readonly duplicates: DuplicatePolicy;
  /** Trainings per candidate. */
  readonly repeats: number;
  /** What networks rank by: their mean score, or its one-sided 90 % lower confidence bound. */
  readonly rank: RankRule;
  readonly finalists: FinalistsConfig | false;
}

/** Conditions that end a search before its budget is used up. */
export interface StopWhenConfig {
  /** The score of a candidate is at least as good as this, in the direction of the first objective. */
  readonly score?: number;
  /** So many candidates in a row were no better than the best before them. */
  readonly noImprovement?: number;
  /** Minutes of search, over all runs of the experiment. */
  readonly minutes?: number;
}

/** An experiment with every default filled in and every id resolved: what its header stores. A valid config file, too. */
export interface ExperimentConfig {
  readonly name: string;
  /** Paths relative to the config file, or package names. */
  readonly plugins: readonly string[];
  readonly environment: EnvironmentConfig;
  readonly searchSpace: SearchSpaceConfig;
  readonly strategy: StrategyConfig;
  readonly trainer: ComponentConfig;
  readonly evaluation: EvaluationConfig;
  /** A total: it does not start again with a resume. */
  readonly budget: { readonly candidates: number };
  readonly stopWhen: StopWhenConfig;
  readonly seed: number;
  /** Relaxed SIMD: faster where the engine has it, and the last bits of results depend on the machine. Recorded with every score. */
  readonly fast: boolean;
  /** How many candidates may be proposed before a result is known; part of the experiment, because it changes results. */
  readonly lookahead: number;
}

/** The options of a component, without its id and what is around it. */
export function optionsOf(component: ComponentConfig): JsonObject {
  return Object.fromEntries(Object.entries(component).filter(([name]) => name !== 'use' && name !== 'with'));
}
