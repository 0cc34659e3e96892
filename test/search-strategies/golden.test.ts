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
const golden: Readonly<Record<string, string>> = {};

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
