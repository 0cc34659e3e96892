import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../cli/built-in-plugins.js';
import { createRng } from '../../core/random.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { oneMax } from '../../bench/landscapes/bit-landscapes.js';
import { toyNetworks } from '../../bench/landscapes/toy-networks.js';
import { gridSearch } from '../../search-strategies/grid-search/index.js';
import { hillClimbing } from '../../search-strategies/local-search/index.js';
import { mapElites } from '../../search-strategies/map-elites/index.js';
import { muPlusLambda } from '../../search-strategies/mu-plus-lambda/index.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { expectedImprovement, normalShare, rankLogits } from '../../search-strategies/surrogate/acquisition.js';
import { encode, rowOf, tabulate } from '../../search-strategies/surrogate/encode.js';
import { growForest, predict } from '../../search-strategies/surrogate/forest.js';
import { surrogate } from '../../search-strategies/surrogate/index.js';
import { movesOf } from '../contracts/space-context.js';
import { plainContext, toldOf } from '../contracts/told.js';
import { mean, run, seeds, startOn } from './run.js';

const bestOf = (steps: readonly { readonly truth: number }[]): number => Math.max(...steps.map(({ truth }) => truth));

describe('(mu + lambda) evolution', () => {
  it('keeps the best parents with "plus" and forgets them with "comma"', () => {
    const parentsOf = (selection: string): number[] => {
      const search = startOn(toyNetworks, muPlusLambda, { parents: 1, children: 3, selection });
      const parents: number[] = [];
      for (const [index, score] of [9, 1, 2, 3, 4, 5, 6].entries()) {
        const { genome, origin } = search.ask(index, createRng(index))!;
        parents.push(...origin.parents);
        search.tell(toldOf({ index, genome, origin, score }));
      }
      return parents;
    };
    expect(parentsOf('plus')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(parentsOf('comma')).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it('refuses a generation that is too small', () => {
    expect(() => startOn(toyNetworks, muPlusLambda, { parents: 4, children: 3, selection: 'comma' })).toThrow(
      /strategy.children.*at least 4, got 3/,
    );
  });
});

describe('hill climbing', () => {
  it('starts again after so many results without a better one', () => {
    const search = startOn(toyNetworks, hillClimbing, { patience: 3 });
    const origins: string[] = [];
    for (const [index, score] of [5, 4, 6, 1, 1, 1, 2, 3].entries()) {
      const { genome, origin } = search.ask(index, createRng(index))!;
      origins.push(origin.parents.join() || origin.by);
      search.tell(toldOf({ index, genome, origin, score }));
    }
    expect(origins).toEqual(['random', '0', '0', '2', '2', '2', 'random', '6']);
  });

  it('kicks the best one instead', () => {
    const search = startOn(toyNetworks, hillClimbing, { patience: 1, restart: 'kick', kick: 2 });
    const origins: string[] = [];
    for (const [index, score] of [5, 4, 3, 2].entries()) {
      const { genome, origin } = search.ask(index, createRng(index))!;
      origins.push(`${origin.by} ${origin.parents.join()}`);
      search.tell(toldOf({ index, genome, origin, score }));
    }
    expect(origins[2]).toBe('local-search/kick 0');
  });
});

describe('grid search', () => {
  it.each(['listed', 'shuffled'])('tries every network once and then ends (%s)', (order) => {
    const steps = run(oneMax(8), gridSearch, { order }, { candidates: 1000, seed: 1 });
    expect(steps).toHaveLength(256);
    expect(new Set(steps.map(({ proposal }) => oneMax(8).moves.identity(proposal.genome))).size).toBe(256);
    const listed = steps.every(({ truth }, i) => truth === [...i.toString(2)].filter((bit) => bit === '1').length / 8);
    expect(listed).toBe(order === 'listed');
  });

  it('refuses what is too much or infinite', () => {
    expect(() => startOn(oneMax(30), gridSearch, {})).toThrow(/the grid has 1.07374e\+9 points.*\[grid-too-large\]/);
    const endless = {
      ...toyNetworks,
      moves: { ...toyNetworks.moves, grid: () => ({ size: Infinity, at: () => ({ layers: [] }) }) },
    };
    expect(() => startOn(endless, gridSearch, {})).toThrow(/infinitely many points/);
  });

  it('counts the real networks of a search space: those that differ, and fit', () => {
    const registries = createContainer(builtInPlugins).get(REGISTRIES);
    const space = registries.searchSpaces.get('classical/mlp');
    const limits = { layers: [2, 3], units: [2, 4] } as const;
    const moves = movesOf({
      space,
      kinds: registries.layers,
      mutations: registries.mutations,
      constraints: registries.constraints,
      limits,
    });
    const search = gridSearch.start(
      { layers: ['classical/dense'], order: 'listed', maximum: 10_000 },
      moves,
      plainContext,
    );
    const identities = new Set<string>();
    for (let index = 0; ; index++) {
      const proposal = search.ask(index, createRng(index));
      if (proposal === undefined) break;
      identities.add(moves.identity(proposal.genome));
    }
    const activations = registries.layers.get('classical/dense').hyper['activation']!.values!.length;
    const hidden = 3 * activations;
    expect(identities.size).toBe(hidden + hidden * hidden);
  });
});

describe('MAP-Elites', () => {
  it('keeps one elite per cell, and draws its parents from all of them', () => {
    const steps = run(toyNetworks, mapElites, {}, { candidates: 600, seed: 1 });
    const cells = new Map<string, { index: number; score: number }>();
    let foreign = 0;
    for (const [index, { proposal, observed }] of steps.entries()) {
      for (const parent of proposal.origin.parents)
        if (![...cells.values()].some((elite) => elite.index === parent)) foreign++;
      const { 'score/parameters': size = 0, 'score/qubits': qubits } = toyNetworks.metrics!(proposal.genome);
      const cell = `${Math.floor(Math.log2(size))} ${qubits}`;
      if ((cells.get(cell)?.score ?? -Infinity) < observed) cells.set(cell, { index, score: observed });
    }
    expect(foreign).toBe(0);
    expect(cells.size).toBeGreaterThan(20);
  });

  it('fills its cells with better networks than random search, on average', () => {
    /** Sum over cells of the best score above -2: quality and diversity in one figure. */
    const quality = (strategy: typeof mapElites, seed: number): number => {
      const best = new Map<string, number>();
      for (const { proposal, truth } of run(toyNetworks, strategy, {}, { candidates: 1000, seed })) {
        const { 'score/parameters': size = 0, 'score/qubits': qubits } = toyNetworks.metrics!(proposal.genome);
        const cell = `${Math.floor(Math.log2(size))} ${qubits}`;
        best.set(cell, Math.max(best.get(cell) ?? 0, truth + 2));
      }
      return [...best.values()].reduce((sum, value) => sum + value, 0);
    };
    expect(mean(seeds(10).map((seed) => quality(mapElites, seed)))).toBeGreaterThan(
      mean(seeds(10).map((seed) => quality(randomSearch, seed))),
    );
  });
});

describe('the surrogate', () => {
  it('is ahead of random search with the same number of trainings, on average', () => {
    const options = { pool: 50, trees: 16, refit: 8 };
    const common = { candidates: 80, noise: 0.02 };
    const best = (strategy: typeof surrogate, own: typeof options | object): number =>
      mean(seeds(4).map((seed) => bestOf(run(oneMax(30), strategy, { ...own }, { ...common, seed }))));
    expect(best(surrogate, options)).toBeGreaterThan(best(randomSearch, {}));
  });

  it('has a forest that learns a rule and knows where it knows little', () => {
    const rng = createRng(1);
    const rows = Array.from({ length: 300 }, () => Float64Array.from({ length: 4 }, () => rng.float()));
    const rule = (row: Float64Array): number => (row[0]! > 0.5 ? 1 : 0) + row[1]!;
    const forest = growForest(rows, Float64Array.from(rows, rule), { trees: 40, leaf: 2 }, rng);
    const fresh = Array.from({ length: 200 }, () => Float64Array.from({ length: 4 }, () => rng.float()));
    const errors = fresh.map((row) => (predict(forest, row).mean - rule(row)) ** 2);
    // The variance of the rule itself is 1/4 + 1/12.
    expect(mean(errors)).toBeLessThan(0.15 * (1 / 3));
    expect(predict(forest, Float64Array.of(0.5, 0.5, 0.5, 0.5)).deviation).toBeGreaterThan(
      predict(forest, Float64Array.of(0.9, 0.5, 0.5, 0.5)).deviation,
    );
  });

  it('describes genomes by counts, sums and places', () => {
    const genomes = [
      {
        layers: [
          { kind: 'a/dense', units: 4, activation: 'tanh' },
          { kind: 'a/circuit', qubits: 2 },
        ],
      },
      { layers: [{ kind: 'a/dense', units: 9, activation: 'relu' }] },
    ] as const;
    const features = genomes.map(encode);
    expect(Object.fromEntries(features[0]!)).toMatchObject({
      layers: 2,
      'a/dense': 1,
      'a/dense > a/circuit': 1,
      'a/circuit > end': 1,
      'a/dense sum of units': 4,
      'a/dense activation = tanh': 1,
      '1 qubits': 2,
    });
    const { names, rows } = tabulate(features);
    expect(names).not.toContain('a/dense');
    expect(rows[1]).toEqual(rowOf(features[1]!, names));
  });

  it('knows the normal distribution and expected improvement', () => {
    expect(normalShare(0)).toBeCloseTo(0.5, 6);
    expect(normalShare(1.959963985)).toBeCloseTo(0.975, 6);
    expect(normalShare(-1)).toBeCloseTo(0.158655254, 6);
    // At the mark itself: deviation / sqrt(2 pi).
    expect(expectedImprovement({ mean: 1, deviation: 2 }, 1)).toBeCloseTo(2 * 0.3989422804, 9);
    expect(expectedImprovement({ mean: 1, deviation: 0 }, 0.25)).toBe(0.75);
    expect(expectedImprovement({ mean: -9, deviation: 0.1 }, 1)).toBeCloseTo(0, 12);
  });

  it('ranks scores, ties alike', () => {
    const [low, a, b, high] = rankLogits([-1e300, 5, 5, 1e300]);
    expect(a).toBe(b);
    expect(a).toBeCloseTo(0, 12);
    expect(low).toBeCloseTo(-high!, 12);
  });
});
