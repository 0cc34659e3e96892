import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../core/json.js';
import type { Committed, SearchOptions } from '../../../core/search/run-search.js';
import type { Candidate, Evaluation } from '../../../core/training/evaluator.js';
import { history, notingSearch, run, scored, shufflingEvaluator } from './simulation.js';

/** A number that depends on the candidate and its training alone. */
const mixed = ({ index, repeat = 0 }: Candidate): number => Math.imul(31 * index + repeat + 1, 0x9e3779b1) >>> 8;

/** Scores, fails and throws by number. */
function simulated(candidate: Candidate): Evaluation {
  const value = mixed(candidate);
  if (value % 23 === 0) throw new Error('the worker is gone');
  if (value % 19 === 0) return scored(NaN);
  const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
  return value % 17 === 0 ? { ok: false, reason, run } : scored(value % 500);
}

const cases = fc.record({
  candidates: fc.integer({ min: 1, max: 60 }),
  lookahead: fc.integer({ min: 0, max: 9 }),
  workers: fc.integer({ min: 1, max: 12 }),
  widths: fc.integer({ min: 2, max: 80 }),
  repeats: fc.integer({ min: 1, max: 3 }),
  duplicates: fc.constantFrom('reuse', 're-evaluate', 'reject'),
  rank: fc.constantFrom('mean', 'lower-bound'),
  noImprovement: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  kills: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
});

describe('any search', () => {
  it('has one history, for any number of workers, however often it is killed and resumed', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ widths, workers, kills, noImprovement, ...fixed }) => {
        const of = (more: Partial<SearchOptions>) =>
          history({
            ...fixed,
            ...more,
            search: notingSearch(widths),
            stopWhen: { noImprovement },
            evaluator: shufflingEvaluator(simulated).evaluator,
          });
        const whole = await of({ workers: 1 });
        let recorded: readonly Committed[] = [];
        for (const kill of kills) {
          const controller = new AbortController();
          const part = await of({
            workers,
            known: recorded,
            signal: controller.signal,
            onEvent: (event) => {
              if (event.type === 'proposed' && event.candidate.index >= kill) controller.abort();
            },
          });
          recorded = [...recorded, ...part.committed];
        }
        const rest = await of({ workers, known: recorded });
        expect(canonicalJson([...recorded, ...rest.committed])).toBe(whole.text);
        expect(rest.end.reason).toBe(whole.end.reason);
        expect(whole.committed.map(({ index }) => index)).toEqual(whole.committed.map((_, index) => index));
      }),
      { numRuns: Number(process.env['HQNAS_FUZZ'] ?? 25) },
    );
  }, 600_000);

  it('proposes no network twice where duplicates are rejected, and evaluates each once where they are reused', async () => {
    const evaluator = shufflingEvaluator(simulated).evaluator;
    const options = { candidates: 300, lookahead: 7, workers: 4, evaluator } as const;
    const rejected = await history({ ...options, search: notingSearch(500), duplicates: 'reject' });
    expect(new Set(rejected.committed.map(({ identity }) => identity)).size).toBe(300);
    const reused = await history({ ...options, search: notingSearch(20), duplicates: 'reuse', lookahead: 0 });
    const trained = reused.committed.filter(({ outcome }) => outcome.ok && outcome.reusedFrom === undefined);
    expect(new Set(trained.map(({ identity }) => identity)).size).toBe(trained.length);
  });
});
