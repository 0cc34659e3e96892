import { it } from '@jest/globals';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { strategyContract } from '../contracts/strategy.js';

const variants = ['oldest', 'worst-of-sample', 'worst-of-population'];
const checks = [
  ...strategyContract(randomSearch),
  ...variants.flatMap((removal) =>
    strategyContract(regularizedEvolution, { options: { removal } }).map(({ name, run }) => ({
      name: `${name} (${removal})`,
      run,
    })),
  ),
];
for (const { name, run } of checks) it(name, run);
