import type { SearchStrategy } from '../../core/index.js';
import { gridSearch } from '../../search-strategies/grid-search/index.js';
import { hybridEvolution } from '../../search-strategies/hybrid-evolution/index.js';
import { hyperband } from '../../search-strategies/hyperband/index.js';
import { hillClimbing } from '../../search-strategies/local-search/index.js';
import { mapElites } from '../../search-strategies/map-elites/index.js';
import { muPlusLambda } from '../../search-strategies/mu-plus-lambda/index.js';
import { nsga2 } from '../../search-strategies/nsga-ii/index.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { successiveHalving } from '../../search-strategies/successive-halving/index.js';
import { surrogate } from '../../search-strategies/surrogate/index.js';

export type Options = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Every strategy with the options that change what it does. */
export const cases: readonly (readonly [strategy: SearchStrategy, options: Options])[] = [
  [randomSearch, {}],
  [regularizedEvolution, { removal: 'oldest' }],
  [regularizedEvolution, { removal: 'worst-of-sample' }],
  [regularizedEvolution, { removal: 'worst-of-population' }],
  [muPlusLambda, {}],
  [muPlusLambda, { selection: 'comma', parents: 3, children: 9 }],
  [hillClimbing, {}],
  [hillClimbing, { restart: 'kick', patience: 3, plateaus: false }],
  [gridSearch, {}],
  [nsga2, { populationSize: 8 }],
  [successiveHalving, {}],
  [successiveHalving, { promotion: 'no-pause', entries: 'mutate' }],
  [hyperband, {}],
  [mapElites, {}],
  [hybridEvolution, { random: 10, children: 4 }],
  [hybridEvolution, { random: 10, inherit: 'weights', screening: 'measure', children: 4 }],
  [
    hybridEvolution,
    { random: 10, selection: 'aging', reevaluate: 0, screening: 'none', balance: 0, bandit: false, fresh: false },
  ],
  [surrogate, { pool: 8, trees: 8 }],
  [surrogate, { pool: 8, trees: 8, features: ['score/parameters', 'measures/gradient-norm'] }],
];
