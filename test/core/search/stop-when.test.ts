import { describe, expect, it } from '@jest/globals';
import { HqnasError } from '../../../core/errors.js';
import { canonicalJson } from '../../../core/json.js';
import type { Search } from '../../../core/search/strategy.js';
import { history, notingSearch, scored, shufflingEvaluator } from './simulation.js';

const rising = (until: number) =>
  shufflingEvaluator(({ index }) => scored(Math.min(index, until) - (index % 2 === 1 ? 0.5 : 0))).evaluator;

describe('a search ends', () => {
  it.each([0, 3])('when a score is reached, lookahead %i', async (lookahead) => {
    const { end, committed } = await history({ evaluator: rising(99), stopWhen: { score: 5 }, lookahead, workers: 2 });
    expect(end).toMatchObject({ reason: 'score-reached', committed: 7 });
    expect(committed).toHaveLength(7);
    expect(end.abandoned).toHaveLength(lookahead);
  });

  it('when nothing got better for a while', async () => {
    const { end } = await history({ evaluator: rising(6), stopWhen: { noImprovement: 4 } });
    // Candidate 6 is the last that was better; 7, 8, 9 and 10 were not.
    expect(end).toMatchObject({ reason: 'no-improvement', committed: 11 });
  });

  it('when its time is over, but not for results from the ledger', async () => {
    let clock = 0;
    const seconds = () => clock++;
    const first = await history({ stopWhen: { seconds: 5 }, seconds });
    expect(first.end).toMatchObject({ reason: 'wall-time', committed: 6 });
    clock = 100;
    const replayed = await history({ stopWhen: { seconds: 5 }, seconds, known: first.committed });
    expect(replayed.end.committed).toBe(7);
  });

  it('at the same candidate for any number of workers and after a resume', async () => {
    const of = (options: object) =>
      history({ search: notingSearch(50), stopWhen: { noImprovement: 3 }, lookahead: 3, ...options });
    const whole = await of({ workers: 1 });
    expect(whole.end.reason).toBe('no-improvement');
    expect((await of({ workers: 3 })).text).toBe(whole.text);
    const rest = await of({ known: whole.committed.slice(0, 2), workers: 2 });
    expect(canonicalJson([...whole.committed.slice(0, 2), ...rest.committed])).toBe(whole.text);
    // The end itself is found again.
    expect((await of({ known: whole.committed })).end.reason).toBe('no-improvement');
  });

  it('with nothing in the ledger beyond, though more results were there', async () => {
    const appended: number[] = [];
    const evaluator = { ...rising(99), evaluate: async ({ index }: { index: number }) => scored(index) };
    await history({
      evaluator,
      lookahead: 5,
      workers: 6,
      stopWhen: { score: 2 },
      append: async (results) => void appended.push(...results.map(({ index }) => index)),
    });
    expect(appended).toEqual([0, 1, 2]);
  });

  it('with its reason when the strategy starves, after what was on its way', async () => {
    const inner = notingSearch();
    const search: Search = {
      ask(index, rng) {
        if (index === 4) throw new HqnasError({ code: 'search-starved', what: 'no valid child' });
        return inner.ask(index, rng);
      },
      tell: inner.tell.bind(inner),
    };
    const { end, committed } = await history({ search, lookahead: 3, workers: 2 });
    expect(end).toMatchObject({ reason: 'starved', committed: 4, problem: { code: 'search-starved' } });
    expect(committed).toHaveLength(4);
  });
});
