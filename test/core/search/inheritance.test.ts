import { describe, expect, it } from '@jest/globals';
import { parseDna } from '../../../core/genome/dna.js';
import type { Proposal, Search, Told } from '../../../core/search/strategy.js';
import type { Candidate } from '../../../core/training/evaluator.js';
import { standIns } from '../../plugins/paper/kinds.js';
import { history, scored, shufflingEvaluator } from './simulation.js';

/** Every candidate from the third on inherits from the best that was told. */
function inheriting(): Search & { readonly told: Told[] } {
  const told: Told[] = [];
  return {
    told,
    ask(index, rng): Proposal {
      const genome = parseDna(`C ${rng.between(2, 40)} T C 1`, standIns);
      const parents = told.filter(({ score }) => score !== undefined);
      const parent = parents.reduce<Told | undefined>(
        (best, one) => (best === undefined || one.score! > best.score! ? one : best),
        undefined,
      );
      if (parent === undefined) return { genome, origin: { by: 'random', parents: [] } };
      return { genome, origin: { by: 'step', parents: [parent.index] }, inherits: parent.index };
    },
    tell: (result) => void told.push(result),
  };
}

/** Like a training: the hash depends on network and inherited weights. */
function inherited(candidate: Candidate) {
  const { index, genome, inherits } = candidate;
  return {
    ...scored(Number(genome.layers[0]!['units'])),
    steps: 100,
    parametersHash: `${index} after (${inherits?.parametersHash ?? ''})`,
    ...(inherits === undefined ? {} : { inherited: { steps: inherits.steps, parameters: 1 } }),
  };
}

describe('a candidate that inherits', () => {
  it('gets the network, the weights and the steps behind them', async () => {
    const seen: Candidate[] = [];
    const { evaluator } = shufflingEvaluator((candidate) => {
      seen.push(candidate);
      return inherited(candidate);
    });
    const { committed } = await history({ search: inheriting(), evaluator });
    expect(seen[0]!.inherits).toBe(undefined);
    const depth = (index: number): number => {
      const { inherits } = committed[index]!;
      return inherits === undefined ? 0 : 1 + depth(inherits);
    };
    for (const { index, inherits } of seen.slice(1)) {
      const parent = committed[index]!.inherits!;
      expect(inherits!.genome).toEqual(committed[parent]!.genome);
      expect(inherits!.parametersHash.startsWith(`${parent} after`)).toBe(true);
      expect(inherits!.steps).toBe(100 * depth(index));
    }
    expect(Math.max(...committed.map((_, index) => depth(index)))).toBeGreaterThan(1);
  });

  it('has the same history for any number of workers, and after any interruption', async () => {
    const { evaluator } = shufflingEvaluator(inherited);
    const texts = await Promise.all(
      [1, 2, 5].map((workers) => history({ search: inheriting(), evaluator, lookahead: 4, workers })),
    );
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1);
    const { committed, text } = texts[0]!;
    for (const known of [1, 7, 19]) {
      const resumed = await history({
        search: inheriting(),
        evaluator,
        lookahead: 4,
        known: committed.slice(0, known),
      });
      expect(JSON.stringify(resumed.committed)).toBe(JSON.stringify(committed.slice(known)));
    }
    expect(text).toContain('after (');
  });

  it('is no twin of the same network with other beginnings', async () => {
    const steps: readonly (number | undefined)[] = [undefined, undefined, 0, 1, 0];
    const told: Told[] = [];
    const search: Search = {
      ask: (index) => ({
        genome: parseDna(`C ${index === 1 ? 3 : 2} T C 1`, standIns),
        origin: { by: 'plan', parents: [] },
        ...(steps[index] === undefined ? {} : { inherits: steps[index] }),
      }),
      tell: (result) => void told.push(result),
    };
    const { evaluator } = shufflingEvaluator((candidate) => ({ ...inherited(candidate), score: candidate.index }));
    const { committed } = await history({ search, evaluator, duplicates: 'reuse', candidates: 5 });
    expect(committed.map(({ outcome }) => outcome.ok && outcome.reusedFrom)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      2,
    ]);
    expect(told.map(({ score }) => score)).toEqual([0, 1, 2, 3, 2]);
  });

  it.each([
    ['a later candidate', 3],
    ['one that failed', 0],
    ['no candidate', -1],
  ])('cannot inherit from %s', async (_name, parent) => {
    const search: Search = {
      ask: (index) => ({
        genome: parseDna(`C 2 T C 1`, standIns),
        origin: { by: 'plan', parents: [] },
        ...(index === 2 ? { inherits: parent } : {}),
      }),
      tell: () => undefined,
    };
    const { evaluator } = shufflingEvaluator((candidate) =>
      candidate.index === 0
        ? { ok: false, reason: { stage: 'train', code: 'diverged', message: '' }, run: scored(0).run }
        : inherited(candidate),
    );
    await expect(history({ search, evaluator })).rejects.toMatchObject({ code: 'invalid-proposal' });
  });
});
