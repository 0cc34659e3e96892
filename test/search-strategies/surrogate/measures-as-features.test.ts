import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { startSearch } from '../../../core/experiment/start-search.js';
import { CandidateFailure, parseValues, type Genome, type NetworkMeasures } from '../../../core/index.js';
import { canonicalJson, sha256 } from '../../../core/json.js';
import { createRng } from '../../../core/random.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { oneMax } from '../../../bench/landscapes/bit-landscapes.js';
import { runLandscape } from '../../../bench/landscapes/run-landscape.js';
import { describer } from '../../../search-strategies/surrogate/describe.js';
import { surrogate } from '../../../search-strategies/surrogate/index.js';
import { plainContext } from '../../contracts/told.js';
import { historyOf, plainHistory } from '../history-of.js';
import { mean, seeds } from '../run.js';

/** Between 0 and 1, from everything in a genome: no tree can learn it from the layers. */
function drawn(genome: Genome): number {
  return parseInt(sha256(canonicalJson(genome)).slice(0, 8), 16) / 2 ** 32;
}

const asked: string[] = [];
const measures: NetworkMeasures = {
  has: (id) => id !== 'demo/unknown',
  directionOf(id) {
    if (!this.has(id)) throw new RangeError(`there is no ${id}`);
    return 'maximise';
  },
  of(id, genome) {
    asked.push(id);
    if (id === 'demo/fails')
      throw new CandidateFailure({ stage: 'measure', code: 'measure-threw', message: 'planted' });
    return id === 'demo/never' ? undefined : drawn(genome);
  },
};

describe('measures as features of the surrogate', () => {
  const genome: Genome = { layers: [{ kind: 'a/dense', units: 4 }] };

  it('are numbers beside those of the genome; what is not there is a feature of its own', () => {
    const described = Object.fromEntries(describer(['demo/drawn', 'demo/never', 'demo/fails'], measures)(genome));
    expect(described).toEqual({
      ...Object.fromEntries(describer([], measures)(genome)),
      'demo/drawn': drawn(genome),
      'no demo/never': 1,
      'no demo/fails': 1,
    });
    expect(described['a/dense']).toBe(1);
  });

  it('are refused at the start where nobody knows the id', () => {
    expect(() => describer(['demo/unknown'], measures)).toThrow('there is no demo/unknown');
  });

  it('lead to what only a measure can tell, and are asked for only where a config has them', () => {
    const { moves } = oneMax(40);
    const best = (features: readonly string[]): number =>
      mean(
        seeds(4).map((seed) => {
          const search = surrogate.start(
            parseValues(surrogate.options, { random: 16, pool: 40, trees: 8, features }, 'test'),
            moves,
            { ...plainContext, measures },
          );
          const landscape = { name: 'drawn', moves, score: drawn };
          const steps = runLandscape({ landscape, search, candidates: 60, rng: createRng(seed) });
          return mean(steps.slice(30).map(({ truth }) => truth));
        }),
      );
    asked.length = 0;
    // The mean of what is drawn is 0.5.
    expect(best([])).toBeLessThan(0.65);
    expect(asked).toEqual([]);
    expect(best(['demo/drawn'])).toBeGreaterThan(0.8);
  });
});

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const resolved = (features: readonly string[]) =>
  resolveConfig(
    parseConfigValues(
      {
        preset: 'corrected',
        searchSpace: { use: 'paper/balanced', limits: { layers: [3, 4], units: [2, 8], qubits: [2, 3] } },
        strategy: { use: 'surrogate/expected-improvement', random: 5, pool: 6, trees: 4, features },
        trainer: { use: 'ppo/clip', totalSteps: 256 },
        evaluation: { scores: [{ policy: 'greedy', episodes: 2 }] },
        budget: { candidates: 12 },
      },
      'test',
    ),
    registries,
  );
const config = resolved(['score/parameters', 'measures/gradient-norm', 'quantum/entangling-capability']);

describe('a search with measures as features', () => {
  it('has one history, whatever the workers, also when it goes on in the middle', async () => {
    const whole = await historyOf(config, registries, { workers: 1 });
    expect(whole).toHaveLength(12);
    expect(whole.every(({ outcome }) => outcome.ok)).toBe(true);
    expect(plainHistory(await historyOf(config, registries, { workers: 3 }))).toBe(plainHistory(whole));
    expect(plainHistory(await historyOf(config, registries, { workers: 2, known: whole.slice(0, 8) }))).toBe(
      plainHistory(whole),
    );
  });

  it('does not begin with an id that is no measure', () => {
    for (const id of ['measures/gradient-nrom', 'score/greedy-mean']) {
      expect(() => startSearch(resolved([id]), registries)).toThrow(expect.objectContaining({ code: 'unknown-id' }));
    }
  });
});
