import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../../core/json.js';
import { createRng } from '../../core/random.js';
import type { Moves } from '../../core/search/moves.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { bitsOf, oneMaxMoves, runOneMax } from './one-max.js';
import { plainContext, toldOf } from '../contracts/told.js';

const defaults = { populationSize: 100, sampleSize: 10, removal: 'oldest', replacement: true } as const;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

describe('noisy OneMax', () => {
  it('comes out as published figures say, and above random search for every seed', () => {
    const common = { length: 100, candidates: 1000, noise: 0.01 };
    const runs = seeds(30).map((seed) => {
      const rng = createRng(seed);
      const evolution = runOneMax({ ...common, strategy: regularizedEvolution, options: defaults, rng });
      const random = runOneMax({ ...common, strategy: randomSearch, options: {}, rng });
      return { evolution, random };
    });
    expect(Math.abs(mean(runs.map(({ evolution }) => evolution.best)) - 0.908)).toBeLessThan(0.016);
    expect(Math.abs(mean(runs.map(({ evolution }) => evolution.lastMean)) - 86.69)).toBeLessThan(
      4 * (2.03 / Math.sqrt(30)),
    );
    expect(Math.abs(mean(runs.map(({ random }) => random.best)) - 0.6643)).toBeLessThan(4 * (0.0174 / Math.sqrt(30)));
    for (const { evolution, random } of runs) expect(evolution.best).toBeGreaterThan(random.best);
  });

  it('at a large noise, aging keeps true skill and the worst of the sample does not', () => {
    const common = { strategy: regularizedEvolution, length: 100, candidates: 2000, noise: 0.05 };
    const lastMean = (removal: string): number =>
      mean(
        seeds(20).map(
          (seed) =>
            runOneMax({ ...common, options: { ...defaults, sampleSize: 25, removal }, rng: createRng(seed) }).lastMean,
        ),
      );
    const [aging, nonAging] = [lastMean('oldest'), lastMean('worst-of-sample')];
    // Four standard errors of 20 seeds around 77.16 +- 3.29.
    expect(Math.abs(aging - 77.16)).toBeLessThan(2.95);
    expect(aging - nonAging).toBeGreaterThan(5);
  });

  it('finds the optimum of ten bits within 200 candidates', () => {
    const found = seeds(50).map((seed) =>
      runOneMax({
        strategy: regularizedEvolution,
        options: { ...defaults, populationSize: 20 },
        length: 10,
        candidates: 200,
        noise: 0,
        rng: createRng(seed),
      }),
    );
    expect(found.every(({ firstOptimum }) => firstOptimum !== undefined)).toBe(true);
    expect(Math.abs(mean(found.map(({ firstOptimum }) => firstOptimum!)) - 48.5)).toBeLessThan(14);
  });
});

/** Moves that give numbered genomes and note which parent was mutated. */
function recordingMoves(): Moves & { readonly parents: string[] } {
  const parents: string[] = [];
  let made = 0;
  const next = (by: string) => ({ genome: { layers: [{ kind: 'test/bits' as const, bits: String(made++) }] }, by });
  return {
    parents,
    random: () => next('random'),
    mutate(parent) {
      parents.push(bitsOf(parent));
      return next('test/next');
    },
    accept: (genome, by) => ({ genome, by }),
  };
}

/** Fills a population with scores 0, 1, 2 ... and counts which members become parents. */
function parentCounts(
  options: Partial<Record<keyof typeof defaults, number | boolean>>,
  size: number,
  draws: number,
): number[] {
  const moves = recordingMoves();
  const search = regularizedEvolution.start({ ...defaults, populationSize: size, ...options }, moves, plainContext);
  const rng = createRng(3);
  for (let index = 0; index < size; index++) {
    const { genome, origin } = search.ask(index, rng)!;
    search.tell(toldOf({ index, genome, origin, score: index }));
  }
  for (let index = size; index < size + draws; index++) search.ask(index, rng);
  const counts = Array<number>(size).fill(0);
  for (const parent of moves.parents) counts[Number(parent)]!++;
  return counts;
}

function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, i) => sum + (count - total * shares[i]!) ** 2 / (total * shares[i]!), 0);
}

describe('selection', () => {
  const draws = 4000;

  it('is uniform for a tournament of one', () => {
    // 19 degrees of freedom: 43.8 has probability 0.001.
    expect(chiSquare(parentCounts({ sampleSize: 1 }, 20, draws), Array<number>(20).fill(1 / 20))).toBeLessThan(43.8);
  });

  it.each([
    [true, (rank: number): number => ((8 - rank + 1) / 8) ** 3 - ((8 - rank) / 8) ** 3],
    [false, (rank: number): number => ((8 - rank) * (8 - rank - 1)) / 2 / 56],
  ])('has the probabilities of a tournament (replacement: %s)', (replacement, share) => {
    const counts = parentCounts({ sampleSize: 3, replacement }, 8, draws).reverse();
    const shares = counts.map((_, index) => share(index + 1));
    const possible = shares.filter((value) => value > 0).length;
    expect(counts.slice(possible).every((count) => count === 0)).toBe(true);
    // At most 7 degrees of freedom: 24.3 has probability 0.001.
    expect(chiSquare(counts.slice(0, possible), shares.slice(0, possible))).toBeLessThan(24.3);
  });

  it('takes the best of a population of which all members are drawn', () => {
    const counts = parentCounts({ sampleSize: 8, replacement: false }, 8, 50);
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 50]);
  });

  it('refuses a tournament that cannot be filled', () => {
    expect(() =>
      regularizedEvolution.start({ ...defaults, sampleSize: 101, replacement: false }, recordingMoves(), plainContext),
    ).toThrow(/sampleSize.*at most populationSize \(100\), got 101/);
  });
});

describe('population', () => {
  /** Parents that a greedy tournament over the whole population picks after each result. */
  function bestAfter(removal: string, scores: readonly (number | undefined)[]): string[] {
    const moves = recordingMoves();
    const search = regularizedEvolution.start(
      { populationSize: 3, sampleSize: 3, removal, replacement: false },
      moves,
      plainContext,
    );
    const rng = createRng(1);
    for (const [index, score] of scores.entries()) {
      const { genome, origin } = search.ask(index, rng)!;
      search.tell(toldOf({ index, genome, origin, score }));
    }
    return moves.parents;
  }

  it('is the last P candidates: the best one leaves after P results', () => {
    expect(bestAfter('oldest', [9, 1, 2, 3, 4, 0, 0, 0])).toEqual(['0', '3', '4', '4', '4']);
  });

  it('keeps the best one when the worst leaves', () => {
    expect(bestAfter('worst-of-population', [9, 1, 2, 3, 4, 0, 0])).toEqual(['0', '0', '0', '0']);
    expect(bestAfter('worst-of-sample', [9, 1, 2, 3, 4, 0, 0])).toEqual(['0', '0', '0', '0']);
  });

  it('is filled with random candidates until it holds enough that did not fail', () => {
    const moves = recordingMoves();
    const search = regularizedEvolution.start({ ...defaults, populationSize: 2, sampleSize: 1 }, moves, plainContext);
    const origins: string[] = [];
    for (const [index, score] of [undefined, 1, undefined, undefined, 2, undefined, 3].entries()) {
      const { genome, origin } = search.ask(index, createRng(index))!;
      origins.push(origin.by);
      search.tell(toldOf({ index, genome, origin, score }));
    }
    expect(origins).toEqual(['random', 'random', 'random', 'random', 'random', 'test/next', 'test/next']);
  });
});

/** A change here changes every history of every experiment: it belongs into a commit of its own that says why. */
it.each([
  ['oldest', '2b2579d75693b28d'],
  ['worst-of-sample', 'e6b99b48a0476065'],
])('proposes what it always proposed (%s)', (removal, golden) => {
  const search = regularizedEvolution.start(
    { populationSize: 10, sampleSize: 4, removal, replacement: true },
    oneMaxMoves(12),
    plainContext,
  );
  const proposals: string[] = [];
  for (let index = 0; index < 30; index++) {
    const { genome, origin } = search.ask(index, createRng(42).fork('ask', index))!;
    proposals.push(`${bitsOf(genome)} ${origin.by} ${origin.parents.join()}`);
    search.tell(toldOf({ index, genome, origin, score: bitsOf(genome).split('1').length }));
  }
  expect(sha256(proposals.join('\n')).slice(0, 16)).toBe(golden);
});
