/** The checks that take long: everything of `npm run check`, long property tests, engines, learning over seeds. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const npm = (label, args, environment = {}) => {
  console.log(`\n== ${label}`);
  const { status } = spawnSync('npm', ['run', '--silent', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
};

npm('check', ['check']);
npm('property tests, 500 graphs', ['test', '--', 'test/compiler'], { HQNAS_FUZZ: '500' });
npm('searches over 100,000 candidates, 300 searches killed and resumed', ['test', '--', 'test/core/search'], {
  HQNAS_FUZZ: '300',
});
npm('10,000 mutated configs, genomes and DNA strings', ['test', '--', 'test/fuzz'], { HQNAS_FUZZ: '10000' });
npm('search strategies: every published figure', ['test', '--', 'test/search-strategies'], { HQNAS_LONG: '1' });
npm('200 searches killed at random instants', ['test', '--', 'test/crash'], { HQNAS_CRASH_RUNS: '200' });
npm('damaged ledgers', ['test', '--', 'test/core/node/ledger-faults'], { HQNAS_FUZZ: '500' });
npm('the same bits on Node 20, 22 and 24', ['check:nodes']);
const fresh = path.join(mkdtempSync(path.join(tmpdir(), 'hqnas-learning-')), 'results.jsonl');
const quick = 'cartpole,cartpole-sb3,cartpole-cleanrl,pendulum,mountain-car-continuous';
npm('learning over 10 seeds', ['bench:learning', '--', '--only', quick, '--results', fresh]);
