import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { freezeGenome } from '../../../core/genome/edit.js';
import type { Gene } from '../../../core/layer/layer-kind.js';
import { createRng } from '../../../core/random.js';
import { runSearch, type SearchOptions } from '../../../core/search/run-search.js';
import { standIns } from '../../plugins/paper/kinds.js';
import type { Evaluation } from '../../../core/training/evaluator.js';
import { run, scored, shufflingEvaluator } from './simulation.js';

const total = process.env['HQNAS_FUZZ'] === undefined ? 2_000 : 100_000;

setFlagsFromString('--expose-gc');
// The flag gives `gc` to contexts that are made after it.
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A search of many candidates that keeps nothing; outcomes are what a ledger would hold. */
async function longSearch(options: Partial<SearchOptions>) {
  const reason = { stage: 'train', code: 'non-finite-loss', message: 'the loss is NaN' } as const;
  const curve = Array.from({ length: 100 }, (_, i) => ({ steps: i, meanReturn: i, figures: {} }));
  const { evaluator, seen } = shufflingEvaluator(({ index }) =>
    index % 17 === 5
      ? { ok: false, reason, run }
      : ({ ...scored(index % 500), curve: curve.map((point) => ({ ...point })) } as Evaluation),
  );
  seen.evaluated.push = () => 0;
  const counts = { scored: 0, failed: 0, reused: 0 };
  const before = heap();
  let kept = 0;
  const end = await runSearch({
    search: {
      ask(index, rng) {
        const units = 2 + (index % 50 === 0 ? 0 : rng.int(4000)) + 4000 * (rng.int(1000) % 300);
        const layers: Gene[] = [
          { kind: 'classical/dense', units: Math.min(4096, 2 + (units % 4000)), activation: 'tanh' },
          { kind: 'classical/dense', units: 2 + Math.floor(units / 4000), activation: 'relu' },
          { kind: 'classical/dense', units: 1, activation: 'identity' },
        ];
        return { genome: freezeGenome({ layers }), origin: { by: 'demo/any', parents: [] } };
      },
      tell: () => undefined,
    },
    evaluator,
    candidates: total,
    lookahead: 8,
    workers: 5,
    rng: createRng(3),
    duplicates: 'reuse',
    kinds: standIns,
    append: async (results) => {
      for (const { index, outcome } of results) {
        if (index === total - 1) kept = heap() - before;
        if (!outcome.ok) counts.failed++;
        else if (outcome.reusedFrom === undefined) counts.scored++;
        else counts.reused++;
      }
    },
    recall: async () => {
      const { run: _run, ...outcome } = scored(1);
      return { outcome };
    },
    ...options,
  });
  return { end, counts, kept };
}

describe(`a search over ${total} candidates`, () => {
  it('comes to its end and loses nothing', async () => {
    const { end, counts } = await longSearch({});
    expect(end).toEqual({ reason: 'budget', committed: total, abandoned: [] });
    expect(counts.scored + counts.failed + counts.reused).toBe(total);
    expect(counts.failed).toBeGreaterThan(total / 20);
    expect(counts.reused).toBeGreaterThan(0);
  }, 600_000);

  it('keeps a few numbers of each network, and no outcomes', async () => {
    // One outcome of this search takes 6 KB and more.
    const { kept } = await longSearch({ duplicates: 're-evaluate' });
    expect(kept / total).toBeLessThan(2000);
  }, 600_000);
});
