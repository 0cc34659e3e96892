import { hybridEvolution } from '../../search-strategies/hybrid-evolution/index.js';
import type { Contender } from './contender.js';

const strategy = hybridEvolution;
/** On drawn returns; the table has its own bound, since some trainings of each network are held out. */
const base = { trainings: 2 } as const;

/** hybrid-evolution with each of its parts switched off in turn. Weights are not inherited: a table has none. */
export const ablation: readonly Contender[] = [
  { name: 'hybrid-evolution', strategy, options: base },
  { name: 'hybrid-evolution, leaders trained once', strategy, options: { ...base, reevaluate: 0 } },
  { name: 'hybrid-evolution, parents by score', strategy, options: { ...base, selection: 'score' } },
  { name: 'hybrid-evolution, parents by age', strategy, options: { ...base, selection: 'aging' } },
  { name: 'hybrid-evolution, children not screened', strategy, options: { ...base, screening: 'none' } },
  {
    name: 'hybrid-evolution, screened by parameters',
    strategy,
    options: { ...base, screening: 'measure', measure: 'score/parameters' },
    measures: true,
  },
  { name: 'hybrid-evolution, no niches', strategy, options: { ...base, balance: 0 } },
  { name: 'hybrid-evolution, no bandit', strategy, options: { ...base, bandit: false } },
  { name: 'hybrid-evolution, known networks again', strategy, options: { ...base, fresh: false } },
];
