import { describe, expect, it } from '@jest/globals';
import { parseDna } from '../../../core/genome/dna.js';
import { canonicalJson } from '../../../core/json.js';
import type { Committed } from '../../../core/search/run-search.js';
import type { Proposal, Search, Told } from '../../../core/search/strategy.js';
import { standIns } from '../../plugins/paper/kinds.js';
import { history, notingSearch, run, scored, shufflingEvaluator } from './simulation.js';

/** Proposes networks by their width, one after the other. */
function listedSearch(
  widths: readonly number[],
  more: (index: number) => Partial<Proposal> = () => ({}),
): Search & { readonly told: Told[] } {
  const told: Told[] = [];
  let next = 0;
  return {
    told,
    ask(index) {
      const width = widths[next++];
      if (width === undefined) return undefined;
      return { genome: parseDna(`C ${width} T C 1`, standIns), origin: { by: 'list', parents: [] }, ...more(index) };
    },
    tell: (result) => void told.push(result),
  };
}

/** Scores candidate n with n. */
const byNumber = shufflingEvaluator(({ index, repeat = 0 }) => scored(index + repeat / 10)).evaluator;
const dnaOf = (committed: readonly Committed[]): (string | undefined)[] => committed.map(({ dna }) => dna);

describe('re-evaluate', () => {
  it('ranks a network by all its trainings, in the order of telling', async () => {
    const search = listedSearch([2, 3, 2, 2]);
    await history({ search, evaluator: byNumber, candidates: 4 });
    expect(search.told.map(({ score, evaluations, deviation }) => [score, evaluations, deviation])).toEqual([
      [0, 1, undefined],
      [1, 1, undefined],
      [1, 2, Math.SQRT2],
      [expect.closeTo(5 / 3, 12), 3, expect.closeTo(1.5275252316519465, 12)],
    ]);
  });

  it('tells the same for any number of workers', async () => {
    const of = (workers: number) => history({ search: notingSearch(3), lookahead: 5, workers, rank: 'lower-bound' });
    const texts = await Promise.all([1, 2, 5].map(async (workers) => (await of(workers)).text));
    expect(new Set(texts).size).toBe(1);
  });
});

describe('reject', () => {
  it('asks again until a network is new, and counts what it rejected', async () => {
    const search = listedSearch([2, 2, 3, 2, 3, 4]);
    const { committed, end } = await history({ search, evaluator: byNumber, candidates: 3, duplicates: 'reject' });
    expect(dnaOf(committed)).toEqual(['C 2 T C 1', 'C 3 T C 1', 'C 4 T C 1']);
    expect(committed.map(({ refused }) => refused)).toEqual([
      undefined,
      { 'list: seen-before': 1 },
      { 'list: seen-before': 2 },
    ]);
    expect(end).toEqual({ reason: 'budget', committed: 3, abandoned: [] });
  });

  it('knows candidates that are still being evaluated', async () => {
    const search = listedSearch([2, 2, 2, 5, 6]);
    const { committed } = await history({ search, lookahead: 4, workers: 4, candidates: 3, duplicates: 'reject' });
    expect(dnaOf(committed)).toEqual(['C 2 T C 1', 'C 5 T C 1', 'C 6 T C 1']);
  });

  it('ends as exhausted when the space has nothing new', async () => {
    const { end, committed } = await history({
      search: notingSearch(3),
      duplicates: 'reject',
      lookahead: 2,
      workers: 2,
    });
    expect(end).toEqual({ reason: 'exhausted', committed: 3, abandoned: [] });
    expect(new Set(dnaOf(committed)).size).toBe(3);
  });

  it('is the same for any number of workers and after a resume', async () => {
    const of = (workers: number, known?: readonly Committed[]) =>
      history({
        search: notingSearch(40),
        duplicates: 'reject',
        lookahead: 4,
        workers,
        ...(known === undefined ? {} : { known }),
      });
    const whole = await of(1);
    expect(whole.committed.some(({ refused }) => refused !== undefined)).toBe(true);
    expect((await of(4)).text).toBe(whole.text);
    const rest = await of(3, whole.committed.slice(0, 9));
    expect(canonicalJson([...whole.committed.slice(0, 9), ...rest.committed])).toBe(whole.text);
  });
});

describe('a proposal that is meant to be trained again', () => {
  it.each(['reuse', 'reject'] as const)('is trained again under %s', async (duplicates) => {
    const search = listedSearch([2, 2], () => ({ again: true }));
    const { committed } = await history({ search, evaluator: byNumber, candidates: 2, duplicates });
    expect(committed.map(({ outcome }) => outcome.ok && outcome.score)).toEqual([0, 1]);
    expect(search.told[1]).toMatchObject({ score: 0.5, evaluations: 2 });
  });
});

describe('repeats', () => {
  it('are one candidate with the mean of all trainings', async () => {
    const search = listedSearch([2, 3]);
    const { committed } = await history({ search, evaluator: byNumber, candidates: 2, repeats: 3 });
    const { outcome } = committed[1]!;
    expect(outcome).toMatchObject({ ok: true, score: expect.closeTo(1.1, 12), repeats: [{}, {}, {}] });
    expect(search.told[1]).toMatchObject({ evaluations: 3, deviation: expect.closeTo(0.1, 12) });
  });

  it('run beside each other and change nothing', async () => {
    const few = await history({ search: notingSearch(), repeats: 4, workers: 1, lookahead: 2 });
    const many = await history({ search: notingSearch(), repeats: 4, workers: 8, lookahead: 2 });
    expect(many.text).toBe(few.text);
    expect([few.seen.most, many.seen.most]).toEqual([1, 8]);
  });

  it('fail together', async () => {
    const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
    const { evaluator } = shufflingEvaluator(({ repeat }) => (repeat === 1 ? { ok: false, reason, run } : scored(1)));
    const { committed } = await history({ evaluator, candidates: 1, repeats: 3 });
    expect(committed[0]!.outcome).toEqual({
      ok: false,
      reason: { ...reason, message: 'training 2 of 3: the loss is NaN' },
    });
  });
});

describe('several objectives', () => {
  const objectives = [
    { id: 'score/return', direction: 'maximise' },
    { id: 'score/size', direction: 'minimise' },
  ] as const;

  it('are told with higher as better', async () => {
    const { evaluator } = shufflingEvaluator(({ index }) => ({ ...scored(index), metrics: { 'score/size': 7 } }));
    const search = listedSearch([2, 3]);
    await history({ search, evaluator, candidates: 2, objectives });
    expect(search.told.map((told) => told.objectives)).toEqual([
      [0, -7],
      [1, -7],
    ]);
  });

  it('fail a candidate that lacks one', async () => {
    const { committed } = await history({ search: listedSearch([2]), evaluator: byNumber, candidates: 1, objectives });
    expect(committed[0]!.outcome).toMatchObject({ ok: false, reason: { code: 'no-objective' } });
  });
});
