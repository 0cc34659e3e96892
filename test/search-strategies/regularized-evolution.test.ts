import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../core/random.js';
import type { Genome } from '../../core/genome/genome.js';
import type { Moves } from '../../core/search/moves.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { oneMax } from '../../bench/landscapes/bit-landscapes.js';
import { plainContext, toldOf } from '../contracts/told.js';
import { run } from './run.js';

const defaults = { populationSize: 100, sampleSize: 10, removal: 'oldest', replacement: true } as const;
const bitsOf = ({ layers }: Genome): string => String(layers[0]!['bits']);

/** Moves that give numbered genomes and note which parent was mutated. */
function recordingMoves(): Moves & { readonly parents: string[] } {
  const parents: string[] = [];
  let made = 0;
  const next = (by: string) => ({ genome: { layers: [{ kind: 'test/bits' as const, bits: String(made++) }] }, by });
  return {
    ...oneMax(1).moves,
    parents,
    random: () => next('random'),
    mutate(parent) {
      parents.push(bitsOf(parent));
      return next('test/next');
    },
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

it('has a population that is the last P of the history, in order', () => {
  const steps = run(
    oneMax(20),
    regularizedEvolution,
    { populationSize: 10, sampleSize: 3 },
    { candidates: 200, seed: 5 },
  );
  expect(steps).toHaveLength(200);
  for (const [index, { proposal }] of steps.entries()) {
    for (const parent of proposal.origin.parents) expect(index - parent).toBeLessThanOrEqual(10);
  }
});
