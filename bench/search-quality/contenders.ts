import { parseValues, type Middleware, type Search, type SearchStrategy } from '../../core/index.js';
import { startComposed } from '../../core/search/middleware.js';
import { deduplicate, mutationBandit, repeat, screen } from '../../plugins/search/index.js';
import { hyperband } from '../../search-strategies/hyperband/index.js';
import { hillClimbing } from '../../search-strategies/local-search/index.js';
import { mapElites } from '../../search-strategies/map-elites/index.js';
import { muPlusLambda } from '../../search-strategies/mu-plus-lambda/index.js';
import { nsga2 } from '../../search-strategies/nsga-ii/index.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { successiveHalving } from '../../search-strategies/successive-halving/index.js';
import { surrogate } from '../../search-strategies/surrogate/index.js';
import type { Landscape } from '../landscapes/landscape.js';
import { ablation } from './ablation.js';

type Options = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A search to compare: a strategy with options and the middleware around it. */
export interface Contender {
  readonly name: string;
  readonly strategy: SearchStrategy;
  readonly options?: Options;
  readonly around?: readonly (readonly [Middleware, Options])[];
  /** Only where untrained networks can be measured. */
  readonly measures?: true;
}

/** The study's settings: everything is compared with this one. */
const evolution = { strategy: regularizedEvolution, options: { populationSize: 32, sampleSize: 8 } } as const;
export const reference: Contender = { name: 'aging evolution, 32/8', ...evolution };

export const contenders: readonly Contender[] = [
  { name: 'random', strategy: randomSearch },
  reference,
  {
    name: 'evolution, worst of sample leaves',
    ...evolution,
    options: { ...evolution.options, removal: 'worst-of-sample' },
  },
  { name: 'aging, deduplicate', ...evolution, around: [[deduplicate, {}]] },
  { name: 'aging, mutation bandit', ...evolution, around: [[mutationBandit, {}]] },
  { name: 'aging, repeat twice', ...evolution, around: [[repeat, { times: 2 }]] },
  { name: '(8 + 8) evolution', strategy: muPlusLambda },
  { name: 'hill climbing', strategy: hillClimbing },
  { name: 'hill climbing with kicks', strategy: hillClimbing, options: { restart: 'kick' } },
  { name: 'genetic (NSGA-II), 16', strategy: nsga2, options: { populationSize: 16 } },
  { name: 'MAP-Elites', strategy: mapElites },
  { name: 'ASHA', strategy: successiveHalving, options: { rungs: 3 } },
  { name: 'ASHA from children', strategy: successiveHalving, options: { rungs: 3, entries: 'mutate' } },
  { name: 'Hyperband, R 9', strategy: hyperband, options: { resource: 9 } },
  { name: 'surrogate', strategy: surrogate },
  {
    name: 'surrogate, parameters and operations as features',
    strategy: surrogate,
    options: { features: ['score/parameters', 'search/flops'] },
    measures: true,
  },
  {
    name: 'aging, screened by parameters',
    ...evolution,
    around: [[screen, { measure: 'score/parameters' }]],
    measures: true,
  },
  ...ablation,
];

/** A contender at its start, with the defaults of its options. */
export function startContender(
  { name, strategy, options = {}, around = [] }: Contender,
  { moves, measures, mostTrainings }: Landscape,
  trainings: number,
): Search {
  // What cannot be shown is not asked for.
  const most = mostTrainings === undefined || !('trainings' in strategy.options) ? {} : { trainings: mostTrainings };
  return startComposed(
    strategy,
    parseValues(strategy.options, { ...options, ...most }, name),
    around.map(([middleware, own]) => ({ middleware, options: parseValues(middleware.options, own, name) })),
    moves,
    { candidates: trainings, objectives: ['score'], ...(measures === undefined ? {} : { measures }) },
  );
}
