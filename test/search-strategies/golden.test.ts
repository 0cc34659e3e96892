import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '../../core/json.js';
import { toyNetworks } from '../../bench/landscapes/toy-networks.js';
import { cases } from './cases.js';
import { run } from './run.js';

/**
 * The first 50 proposals of each strategy on made-up networks, seed 42, lookahead 4. A change here changes every history of
 * every experiment with that strategy: it belongs into a commit of its own that says why. To renew a value take it from
 * the message of the failing test.
 */
const golden: Readonly<Record<string, string>> = {
  'random-search/uniform {}': '6c13bf930032597a',
  'regularized-evolution/aging {"removal":"oldest"}': '8bcc59ac4562ca98',
  'regularized-evolution/aging {"removal":"worst-of-sample"}': '8ca66fe67880eb52',
  'regularized-evolution/aging {"removal":"worst-of-population"}': '9cc9f1675b8e4226',
  'mu-plus-lambda/evolution {}': '2939687a307900ea',
  'mu-plus-lambda/evolution {"selection":"comma","parents":3,"children":9}': 'c14b5823dab8319f',
  'local-search/hill-climbing {}': '4b75e76672f69af1',
  'local-search/hill-climbing {"restart":"kick","patience":3,"plateaus":false}': '8a09b24f7bdafdca',
  'grid-search/enumeration {}': 'fa3fb5abdb673543',
  'nsga-ii/evolution {"populationSize":8}': '3fc14111576b4de9',
  'successive-halving/asynchronous {}': '1865929c78c9f57e',
  'successive-halving/asynchronous {"promotion":"no-pause","entries":"mutate"}': '89e76571b756a418',
  'hybrid-evolution/niches {"random":10,"children":4}': 'cc9cbf8812fc95ab',
  'hybrid-evolution/niches {"random":10,"inherit":"weights","screening":"measure","children":4}': 'f1ea40c3ffc75550',
  'hybrid-evolution/niches {"random":10,"selection":"aging","reevaluate":0,"screening":"none","balance":0,"bandit":false,"fresh":false}':
    '078a0f868189d908',
  'hyperband/brackets {}': '75a5edbeee4fc5a3',
  'map-elites/cells {}': '8380fcfd96476373',
  'surrogate/expected-improvement {"pool":8,"trees":8}': '6d42b92a0fbc0583',
  // Made-up networks cannot be measured: the same.
  'surrogate/expected-improvement {"pool":8,"trees":8,"features":["score/parameters","measures/gradient-norm"]}':
    '6d42b92a0fbc0583',
};

describe('proposes what it always proposed', () => {
  it.each(
    cases.map(([strategy, options]) => ({ name: `${strategy.id} ${JSON.stringify(options)}`, strategy, options })),
  )('$name', ({ name, strategy, options }) => {
    const steps = run(toyNetworks, strategy, options, {
      candidates: 50,
      seed: 42,
      lookahead: 4,
      noise: 0.05,
      forks: true,
    });
    expect({ [name]: sha256(canonicalJson(steps.map(({ proposal }) => proposal))).slice(0, 16) }).toEqual({
      [name]: golden[name],
    });
  });
});
