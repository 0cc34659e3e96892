import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../../core/experiment/ledger.js';
import { foldHistory } from '../../../core/experiment/fold.js';
import { formatShare } from '../../../core/experiment/report/format.js';
import { predictorsOf } from '../../../core/experiment/predictors.js';
import { rankCorrelation, rankCorrelationInterval } from '../../../core/experiment/rank-correlation.js';
import { reportHtml } from '../../../core/experiment/report/report-html.js';
import { reportText } from '../../../core/experiment/report/report-text.js';
import { shareInterval } from '../../../core/statistics.js';
import { createRng } from '../../../core/random.js';
import { sampleHistory } from './sample-history.js';

describe('rank correlation', () => {
  it.each([
    // What scipy.stats.spearmanr gives: the example of its documentation, and one of a textbook, -29/165.
    [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
    [[106, 100, 86, 101, 99, 103, 97, 113, 112, 110], [7, 27, 2, 50, 28, 29, 20, 12, 6, 17], -29 / 165],
    [[1, 2, 3], [10, 100, 1000], 1],
    [[1, 2, 3], [3, 2, 1], -1],
  ])('of %j and %j is %d', (first, second, expected) => {
    expect(rankCorrelation(first, second)).toBeCloseTo(expected, 12);
  });

  it('needs three pairs, and something that differs', () => {
    expect(rankCorrelation([1, 2], [1, 2])).toBeUndefined();
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(rankCorrelationInterval([1, 1, 1], [1, 2, 3], createRng(1))).toBeUndefined();
  });

  it('has an interval that is a point for perfect order', () => {
    const values = Array.from({ length: 20 }, (_, i) => i);
    expect(rankCorrelationInterval(values, values, createRng(1))).toEqual({ low: 1, high: 1 });
  });

  it('has an interval of the width that theory gives for independent values', () => {
    const rng = createRng(5);
    const draw = (): number[] => Array.from({ length: 100 }, () => rng.normal());
    const widths: number[] = [];
    let covered = 0;
    for (let i = 0; i < 20; i++) {
      const { low, high } = rankCorrelationInterval(draw(), draw(), rng.fork('resample', i))!;
      widths.push(high - low);
      if (low <= 0 && high >= 0) covered++;
    }
    // Standard error 1 / sqrt(n - 1).
    expect(widths.reduce((a, b) => a + b, 0) / 20).toBeCloseTo((2 * 1.96) / Math.sqrt(99), 1);
    expect(covered).toBeGreaterThanOrEqual(16);
  });
});

describe('the interval of a share', () => {
  it.each([
    // statsmodels.stats.proportion.proportion_confint(..., method='wilson')
    [5, 10, 0.236593, 0.763407],
    [0, 10, 0, 0.277533],
    [10, 10, 0.722467, 1],
  ])('%i of %i', (successes, trials, low, high) => {
    expect(shareInterval(successes, trials)!.low).toBeCloseTo(low, 5);
    expect(shareInterval(successes, trials)!.high).toBeCloseTo(high, 5);
  });

  it('is written in percent, and not at all without a trial', () => {
    expect(formatShare(5, 10)).toBe('50 % [24, 76]');
    expect(formatShare(0, 0)).toBe('');
  });
});

/** The sample, in which a measure knows the score, another its opposite, and some trainings were stopped early. */
function measured(): Entry[] {
  return sampleHistory(80).map((entry): Entry => {
    if (entry.type === 'started') {
      const evaluation = {
        scores: [{ policy: 'greedy', episodes: 20 }],
        objectives: ['score/greedy-mean'],
        measures: ['demo/knows', { use: 'demo/opposite', draws: 3 }],
      };
      return { ...entry, header: { ...entry.header, config: { ...entry.header.config, evaluation } } };
    }
    if (entry.type !== 'candidate' || !entry.outcome.ok) return entry;
    if (entry.index % 13 === 12) {
      const reason = { stage: 'train', code: 'pruned', message: `stopped after ${entry.index} steps` } as const;
      return { ...entry, outcome: { ok: false, reason, spent: { steps: 512, episodes: 3, curve: [] } } };
    }
    const { score, metrics, counts } = entry.outcome;
    const more = { 'demo/knows': score, 'demo/opposite': -score, 'score/parameters': counts.parameters };
    return { ...entry, outcome: { ...entry.outcome, metrics: { ...metrics, ...more } } };
  });
}

describe('the report of an experiment with measures', () => {
  it('says how well each foretold the score, beside the number of parameters', async () => {
    const state = await foldHistory(measured());
    const rows = predictorsOf(state);
    expect(rows.map(({ id }) => id)).toEqual(['score/parameters', 'demo/knows', 'demo/opposite']);
    // Networks that were trained several times have the measure of the first and the mean of all.
    const [, knows, opposite] = rows;
    expect(knows!.networks).toBe(state.leaderboard.length);
    expect(knows!.correlation).toBeGreaterThan(0.95);
    expect(opposite!.correlation).toBeCloseTo(-knows!.correlation!, 12);
    for (const report of [reportText(state), reportHtml(state)]) {
      expect(report).toContain('How well measures foretold scores');
      expect(report).toContain('demo/opposite');
    }
    expect(reportText(state)).toMatch(/demo\/opposite +\d+ +-0\.9\d +\[-0\.99, -0\.9\d\]/);
  });

  it('says nothing of it where none were asked for', async () => {
    const state = await foldHistory(sampleHistory(40));
    expect(state.measured.size).toBe(0);
    expect(reportText(state) + reportHtml(state)).not.toContain('foretold');
  });

  it('counts what was stopped early apart from failures, and its steps', async () => {
    const plain = await foldHistory(sampleHistory(80));
    const state = await foldHistory(measured());
    expect(state.pruned).toBe(6);
    expect(state.failed).toBe(plain.failed);
    expect(state.failures).toEqual(plain.failures);
    expect(state.trained + state.reused + state.pruned + state.failed).toBe(80);
    const full = measured().filter((entry) => {
      return entry.type === 'candidate' && entry.outcome.ok && entry.outcome.reusedFrom === undefined;
    });
    expect(state.steps).toBe(full.length * 20480 + 6 * 512);
    expect(reportText(state)).toContain('6 stopped early');
  });
});
