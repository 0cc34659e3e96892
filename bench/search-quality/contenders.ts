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
import { ablation } from './ablation.js';
import type { Contender } from './contender.js';

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
