import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../../core/json.js';
import { createRng } from '../../../core/random.js';
import type { SearchEvent } from '../../../core/search/run-search.js';
import type { Search } from '../../../core/search/strategy.js';
import type { Evaluator } from '../../../core/training/evaluator.js';
import { CandidateFailure } from '../../../core/training/failure.js';
import { history, notingSearch, run, scored, shufflingEvaluator } from './simulation.js';

describe('order of calls', () => {
  it('without lookahead every candidate knows all results before it', async () => {
    const search = notingSearch();
    await history({ search, candidates: 3 });
    expect(search.calls).toEqual(['ask 0', 'tell 0', 'ask 1', 'tell 1', 'ask 2', 'tell 2']);
  });

  it.each([1, 2, 5])('with lookahead %i candidate n knows exactly 0 .. n - lookahead - 1', async (lookahead) => {
    const search = notingSearch();
    await history({ search, lookahead, workers: lookahead });
    const known = new Map<number, number>();
    let told = 0;
    for (const call of search.calls) {
      const [what, index] = call.split(' ');
      if (what === 'tell') expect(Number(index)).toBe(told++);
      else known.set(Number(index), told);
    }
    for (const [index, count] of known) expect(count).toBe(Math.max(0, index - lookahead));
    expect(known.size).toBe(20);
  });

  it('is the same for any number of workers, not for another lookahead', async () => {
    const [one, two, four, more] = await Promise.all(
      [1, 2, 4, 9].map((workers) => history({ lookahead: 4, workers, search: notingSearch() })),
    );
    for (const other of [two!, four!, more!]) expect(other.text).toBe(one!.text);
    expect([one!, two!, four!, more!].map(({ seen }) => seen.most)).toEqual([1, 2, 4, 4]);
    expect((await history({ lookahead: 3 })).text).not.toBe(one!.text);
  });
});

describe('results that are there at the same time', () => {
  const appends = async (instant: boolean) => {
    const sizes: number[] = [];
    const indexes: number[] = [];
    const { evaluator } = shufflingEvaluator();
    const search = notingSearch();
    const events: SearchEvent[] = [];
    await history({
      search,
      lookahead: 4,
      workers: 4,
      evaluator: instant ? { ...evaluator, evaluate: async () => scored(1) } : evaluator,
      append: async (results) => {
        // What is told or shown is in the ledger: nothing of these was yet.
        expect(search.told.length).toBeLessThanOrEqual(indexes.length);
        expect(events.filter(({ type }) => type === 'committed').length).toBe(search.told.length);
        sizes.push(results.length);
        indexes.push(...results.map(({ index }) => index));
      },
      onEvent: (event) => void events.push(event),
    });
    return { sizes, indexes };
  };

  it('are committed together, in order', async () => {
    const { sizes, indexes } = await appends(true);
    expect(Math.max(...sizes)).toBeGreaterThan(2);
    expect(indexes).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('and those that come in another order are too, as far as none is missing', async () => {
    const { sizes, indexes } = await appends(false);
    expect(Math.max(...sizes)).toBeGreaterThan(1);
    expect(indexes).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});

describe('failures', () => {
  it('of an evaluation are results, and are told', async () => {
    const { evaluator } = shufflingEvaluator(({ index }) => {
      if (index === 1) throw new Error('the worker is gone');
      if (index === 2) return { ok: false, reason: { stage: 'train', code: 'non-finite-loss', message: 'NaN' }, run };
      return scored(index === 3 ? NaN : 1);
    });
    const search = notingSearch();
    const { committed } = await history({ evaluator, search, candidates: 5 });
    expect(committed.map(({ outcome }) => (outcome.ok ? outcome.score : outcome.reason.code))).toEqual([
      1,
      'evaluator-failed',
      'non-finite-loss',
      'non-finite-score',
      1,
    ]);
    expect(committed[1]!.outcome).toMatchObject({ reason: { stage: 'worker', message: 'the worker is gone' } });
    expect(search.calls.filter((call) => call.startsWith('tell'))).toHaveLength(5);
  });

  it('to propose are recorded without a genome and told to nobody', async () => {
    const inner = notingSearch();
    const search: Search = {
      ask(index, rng) {
        if (index === 1) throw new CandidateFailure({ stage: 'propose', code: 'mutation-threw', message: 'oh' });
        return inner.ask(index, rng);
      },
      tell: inner.tell.bind(inner),
    };
    const { committed } = await history({ search, candidates: 3 });
    expect(committed[1]).toEqual({
      index: 1,
      outcome: { ok: false, reason: { stage: 'propose', code: 'mutation-threw', message: 'oh' } },
    });
    expect(inner.calls).not.toContain('tell 1');
  });

  it('of the strategy or the ledger end the search', async () => {
    const search: Search = {
      ask: () => {
        throw new TypeError('a bug');
      },
      tell: () => undefined,
    };
    await expect(history({ search })).rejects.toThrow('a bug');
    await expect(
      history({ append: () => Promise.reject(new Error('disk full')), lookahead: 3, workers: 3 }),
    ).rejects.toThrow('disk full');
  });
});

describe('duplicates', () => {
  it('take over the score of a told candidate, or are trained again', async () => {
    const few = () => notingSearch(3);
    const reuse = await history({ search: few(), duplicates: 'reuse', lookahead: 2, workers: 2 });
    const reused = reuse.committed.filter(({ outcome }) => outcome.ok && outcome.reusedFrom !== undefined);
    expect(reused.length).toBeGreaterThan(5);
    for (const { index, identity, outcome } of reused) {
      if (!outcome.ok) continue;
      const source = reuse.committed[outcome.reusedFrom!]!;
      // Only what was told when the candidate was proposed.
      expect(source.index).toBeLessThan(index - 2);
      expect(source.identity).toBe(identity);
      expect(source.outcome).toMatchObject({ ok: true, score: outcome.score });
      expect(source.outcome).not.toHaveProperty('reusedFrom');
    }
    expect(reuse.seen.evaluated).toHaveLength(20 - reused.length);
    const again = await history({ search: few(), lookahead: 2, workers: 2 });
    expect(again.seen.evaluated).toHaveLength(20);
    const oneWorker = await history({ search: few(), duplicates: 'reuse', lookahead: 2, workers: 1 });
    expect(oneWorker.text).toBe(reuse.text);
  });
});

describe('resume', () => {
  it.each([0, 1, 7, 20])('after %i results gives the same history and evaluates the rest only', async (count) => {
    for (const duplicates of ['reuse', 're-evaluate'] as const) {
      const whole = await history({ search: notingSearch(5), duplicates, lookahead: 3, workers: 3 });
      const known = whole.committed.slice(0, count);
      const events: SearchEvent[] = [];
      const rest = await history({
        search: notingSearch(5),
        duplicates,
        lookahead: 3,
        workers: 2,
        known,
        onEvent: (event) => void events.push(event),
      });
      expect(canonicalJson([...whole.committed.slice(0, count), ...rest.committed])).toBe(whole.text);
      expect(Math.min(20, ...rest.seen.evaluated)).toBeGreaterThanOrEqual(count);
      expect(events.filter((event) => event.type === 'committed' && event.replayed)).toHaveLength(count);
      expect(rest.end).toEqual({ reason: 'budget', committed: 20, abandoned: [] });
    }
  });

  it('notices a history of another config', async () => {
    const { committed } = await history({ rng: createRng(6) });
    await expect(history({ known: committed })).rejects.toThrow(/candidate 0.*\[history-mismatch\]/);
  });
});

describe('the end', () => {
  it('comes early when the strategy has nothing more', async () => {
    const inner = notingSearch();
    const search: Search = {
      ask: (index, rng) => (index < 4 ? inner.ask(index, rng) : undefined),
      tell: inner.tell.bind(inner),
    };
    const { end, committed } = await history({ search, lookahead: 2, workers: 2 });
    expect(end).toEqual({ reason: 'exhausted', committed: 4, abandoned: [] });
    expect(committed).toHaveLength(4);
  });

  it.each(['abandon', 'finish'] as const)('on interruption: %s what is in flight', async (onAbort) => {
    const controller = new AbortController();
    const { evaluator: inner } = shufflingEvaluator();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const evaluator: Evaluator = {
      async evaluate(candidate) {
        if (candidate.index >= 5) await gate;
        return inner.evaluate(candidate);
      },
      close: async () => undefined,
    };
    const ending = history({
      evaluator,
      lookahead: 4,
      workers: 3,
      onAbort,
      signal: controller.signal,
      onEvent: (event) => {
        // Candidates 5, 6 and 7 are in flight, 8 waits.
        if (event.type === 'started' && event.index === 7) {
          controller.abort();
          release();
        }
      },
    });
    const { end, committed } = await ending;
    const done = onAbort === 'finish' ? 8 : 5;
    expect(end.reason).toBe('interrupted');
    expect(committed.map(({ index }) => index)).toEqual(Array.from({ length: done }, (_, index) => index));
    expect(end.committed).toBe(done);
    expect(end.abandoned[0]).toBe(done);
  });

  it('comes at once when the signal was aborted before', async () => {
    const { end, seen } = await history({ signal: AbortSignal.abort() });
    expect(end).toEqual({ reason: 'interrupted', committed: 0, abandoned: [] });
    expect(seen.evaluated).toEqual([]);
  });
});
