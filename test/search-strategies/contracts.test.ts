import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { strategyContract } from '../contracts/strategy.js';
import { cases } from './cases.js';

for (const [strategy, options] of cases) {
  describe(`with ${JSON.stringify(options)}`, () => {
    for (const { name, run } of strategyContract(strategy, { options })) it(name, run);
  });
}

it('no strategy is left out', () => {
  const folders = readdirSync(path.join(import.meta.dirname, '../../search-strategies'));
  expect([...new Set(cases.map(([{ id }]) => id.split('/')[0]))].sort()).toEqual(folders.sort());
});
