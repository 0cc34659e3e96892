import { describe, expect, it } from '@jest/globals';
import { createRng, parseValues, type Middleware, type Moves, type Search } from '../../../core/index.js';
import { startComposed } from '../../../core/search/middleware.js';
import {
  deduplicate,
  mutationBandit,
  repeat,
  stopAtScore,
  stopWhenStuck,
  warmStart,
} from '../../../plugins/search/index.js';
import { hillClimbing } from '../../../search-strategies/local-search/index.js';
import { randomSearch } from '../../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../../search-strategies/regularized-evolution/index.js';
import { oneMax } from '../../../bench/landscapes/bit-landscapes.js';
import type { Landscape } from '../../../bench/landscapes/landscape.js';
import { runLandscape } from '../../../bench/landscapes/run-landscape.js';
import { toyNetworks } from '../../../bench/landscapes/toy-networks.js';
import { middlewareContract } from '../../contracts/middleware.js';
import { plainContext, toldOf } from '../../contracts/told.js';

type Options = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const contracts: readonly (readonly [Middleware, Options])[] = [
  [deduplicate, {}],
  [repeat, { times: 3 }],
  [stopAtScore, { score: 1e300 }],
  [stopWhenStuck, { results: 1000 }],
  [warmStart, { dna: ['5', '7'] }],
  [mutationBandit, {}],
];
for (const [middleware, options] of contracts) {
  for (const { name, run } of middlewareContract(middleware, { options })) it(name, run);
}

function start(landscape: Landscape, around: readonly (readonly [Middleware, Options])[], evolve = false): Search {
  const configured = around.map(([middleware, options]) => ({
    middleware,
    options: parseValues(middleware.options, options, middleware.id),
  }));
  const strategy = evolve ? regularizedEvolution : randomSearch;
  const options = parseValues(strategy.options, evolve ? { populationSize: 8, sampleSize: 3 } : {}, 'strategy');
  return startComposed(strategy, options, configured, landscape.moves, plainContext);
}

describe('deduplicate', () => {
  it('lets no network be proposed twice while there are others', () => {
    const landscape = oneMax(8);
    const identities = (around: readonly (readonly [Middleware, Options])[]): number => {
      const search = start(landscape, around, true);
      const steps = runLandscape({ landscape, search, candidates: 150, rng: createRng(1), lookahead: 4, forks: true });
      return new Set(steps.map(({ proposal }) => landscape.moves.identity(proposal.genome))).size;
    };
    expect(identities([[deduplicate, {}]])).toBeGreaterThan(145);
    expect(identities([])).toBeLessThan(130);
  });

  it('lets a known network through when there is no other', () => {
    const landscape = oneMax(2);
    const search = start(landscape, [[deduplicate, { tries: 5 }]], true);
    expect(runLandscape({ landscape, search, candidates: 40, rng: createRng(1) })).toHaveLength(40);
  });
});

describe('repeat', () => {
  it('asks for each network so many times, and tells the mean under the first number', () => {
    const told: { index: number; score: number | undefined; evaluations: number }[] = [];
    let next = 0;
    const inner = (): Search => ({
      ask: () => ({ genome: { layers: [{ kind: 'landscape/n', n: next++ }] }, origin: { by: 'random', parents: [] } }),
      tell: ({ index, score, evaluations }) => told.push({ index, score, evaluations }),
    });
    const search = repeat.wrap({ times: 3 }, inner, toyNetworks.moves, plainContext);
    const networks: unknown[] = [];
    const again: (boolean | undefined)[] = [];
    const scores = [1, 2, 3, undefined, 5, undefined, undefined, undefined, undefined];
    for (const [index] of scores.entries()) {
      const proposal = search.ask(index, createRng(index))!;
      networks.push(proposal.genome.layers[0]!['n']);
      again.push(proposal.again);
    }
    for (const [index, score] of scores.entries()) {
      const evaluations = score === undefined ? 0 : (index % 3) + 1;
      search.tell(toldOf({ index, genome: { layers: [] }, origin: { by: 'random', parents: [] }, score, evaluations }));
    }
    expect(networks).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(again).toEqual([undefined, true, true, undefined, true, true, undefined, true, true]);
    expect(told).toEqual([
      { index: 0, score: 3, evaluations: 3 },
      { index: 3, score: 5, evaluations: 2 },
      { index: 6, score: undefined, evaluations: 0 },
    ]);
  });

  it('tells the mean of the trainings, so that luck counts less', () => {
    const landscape = oneMax(40);
    const bias = (times: number): number => {
      const search = start(landscape, times === 1 ? [] : [[repeat, { times }]], true);
      const heard: number[] = [];
      const listening: Search = {
        ask: (index, rng) => search.ask(index, rng),
        tell(result) {
          heard.push(result.score! - landscape.score(result.genome));
          search.tell(result);
        },
      };
      runLandscape({ landscape, search: listening, candidates: 240, noise: 0.2, rng: createRng(3) });
      const last = heard.filter((_, index) => index % times === times - 1);
      return Math.max(...last);
    };
    expect(bias(4)).toBeLessThan(0.7 * bias(1));
  });
});

describe('stopping', () => {
  it('ends when the score is reached, on enough trainings', () => {
    const landscape = oneMax(12);
    const search = start(landscape, [[stopAtScore, { score: 0.9 }]], true);
    const steps = runLandscape({ landscape, search, candidates: 2000, rng: createRng(1) });
    expect(steps.length).toBeLessThan(2000);
    expect(steps.findIndex(({ observed }) => observed >= 0.9)).toBe(steps.length - 1);
    const sure = start(landscape, [[stopAtScore, { score: 0.9, trainings: 2 }]], true);
    expect(runLandscape({ landscape, search: sure, candidates: 400, rng: createRng(1) })).toHaveLength(400);
  });

  it('ends when nothing better comes', () => {
    const landscape = oneMax(6);
    const search = start(landscape, [[stopWhenStuck, { results: 30 }]], true);
    const steps = runLandscape({ landscape, search, candidates: 2000, rng: createRng(2) });
    const best = Math.max(...steps.map(({ observed }) => observed));
    expect(steps.length).toBe(steps.findIndex(({ observed }) => observed === best) + 1 + 30);
  });
});

describe('warm start', () => {
  it('tries the given networks first, and the strategy hears of them', () => {
    const dna = ['C64 Q3 C64 Q3 C64', 'C8 C8'];
    const climbing = parseValues(hillClimbing.options, {}, '');
    const inner = (moves: Moves): Search => hillClimbing.start(climbing, moves, plainContext);
    const search = warmStart.wrap({ dna }, inner, toyNetworks.moves, plainContext);
    const steps = runLandscape({ landscape: toyNetworks, search, candidates: 40, rng: createRng(1) });
    expect(steps.slice(0, 3).map(({ proposal }) => proposal.origin.by)).toEqual([
      'search/warm-start',
      'search/warm-start',
      expect.stringMatching(/^landscape/),
    ]);
    expect(steps[2]!.proposal.origin.parents).toEqual([0]);
  });

  it('refuses a network that the search does not allow', () => {
    expect(() => start(toyNetworks, [[warmStart, { dna: ['C1 C2', 'C2'] }]])).toThrow(
      /strategy.with.dna.1.*"C2" is no network of this search.*\[invalid-option\]/,
    );
  });

  it('looks up the best networks of an experiment, once', async () => {
    const asked: [string, number][] = [];
    const past = {
      best: async (id: string, count: number) => {
        asked.push([id, count]);
        return { id: `${id}-whole`, dna: ['C64 C64', 'C8 C8'] };
      },
    };
    const given = parseValues(warmStart.options, { from: 'earlier', top: 2 }, '');
    const prepared = await warmStart.prepare!(given, past);
    expect(prepared).toMatchObject({ from: 'earlier-whole', dna: ['C64 C64', 'C8 C8'] });
    // As a resumed experiment has it in its config: nobody is asked again.
    expect(await warmStart.prepare!(prepared, past)).toBe(prepared);
    expect(asked).toEqual([['earlier', 2]]);
    const nothing = { best: async (id: string) => ({ id, dna: [] }) };
    await expect(warmStart.prepare!(given, nothing)).rejects.toThrow(
      /"earlier" has no network with a score.*\[invalid-option\]/,
    );
  });

  it('says what is missing', () => {
    expect(() => start(toyNetworks, [[warmStart, {}]])).toThrow(/no network to begin with.*\[invalid-option\]/);
    expect(() => start(toyNetworks, [[warmStart, { from: 'x' }]])).toThrow(/"x" were not looked up/);
  });

  it('takes it as it is where it is not to be examined', () => {
    const search = start(toyNetworks, [[warmStart, { dna: ['C2'], examined: false }]]);
    expect(search.ask(0, createRng(1))?.genome).toEqual(toyNetworks.moves.read('C2'));
  });
});

describe('mutation bandit', () => {
  /** Mutations of which one always helps: numbers go up by "up", down by "down". */
  const moves: Moves = {
    ...toyNetworks.moves,
    random: () => ({ genome: { layers: [{ kind: 'landscape/n', n: 0 }] }, by: 'random' }),
    mutations: ['test/up', 'test/down', 'test/never'].map((id) => ({ id, weight: 1 })),
    mutateBy(id, { layers }) {
      if (id === 'test/never') return undefined;
      return {
        genome: { layers: [{ kind: 'landscape/n', n: Number(layers[0]!['n']) + (id === 'test/up' ? 1 : -1) }] },
        by: id,
      };
    },
  };

  it('draws what has helped more often, and the rest still now and then', () => {
    const options = parseValues(mutationBandit.options, {}, '');
    const evolution = parseValues(regularizedEvolution.options, { populationSize: 4, sampleSize: 2 }, '');
    const search = mutationBandit.wrap(
      options,
      (guided) => regularizedEvolution.start(evolution, guided, plainContext),
      moves,
      plainContext,
    );
    const counts: Record<string, number> = {};
    for (let index = 0; index < 400; index++) {
      const { genome, origin } = search.ask(index, createRng(index))!;
      if (index >= 200) counts[origin.by] = (counts[origin.by] ?? 0) + 1;
      search.tell(toldOf({ index, genome, origin, score: Number(genome.layers[0]!['n']) }));
    }
    expect(counts['test/up']!).toBeGreaterThan(150);
    expect(counts['test/down']!).toBeGreaterThan(10);
    expect(counts['test/never']).toBe(undefined);
  });
});

it('is composed with the first of the list nearest to the strategy', () => {
  const landscape = toyNetworks;
  // The strategy hears means of two; the warm start outside of the repeats is not repeated.
  const search = start(landscape, [
    [repeat, { times: 2 }],
    [warmStart, { dna: ['C8 C8'] }],
  ]);
  const flags = runLandscape({ landscape, search, candidates: 5, rng: createRng(1) }).map(
    ({ proposal }) => proposal.again ?? false,
  );
  expect(flags).toEqual([false, false, true, false, true]);
});
