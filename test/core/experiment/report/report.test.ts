import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffDna } from '../../../../core/experiment/report/dna-diff.js';
import { foldHistory, lineageOf } from '../../../../core/experiment/fold.js';
import { formatCount, formatDuration, formatScore, sparkline } from '../../../../core/experiment/report/format.js';
import { differentNetworks } from '../../../../core/experiment/leaderboard.js';
import { reportHtml } from '../../../../core/experiment/report/report-html.js';
import { reportText } from '../../../../core/experiment/report/report-text.js';
import { median, quantile, sampleDeviation } from '../../../../core/statistics.js';
import { sampleHistory } from '../sample-history.js';

describe('fold', () => {
  it('counts what was trained, reused and failed', async () => {
    const state = await foldHistory(sampleHistory(160));
    const entries = sampleHistory(160).flatMap((entry) => (entry.type === 'candidate' ? [entry] : []));
    const failed = entries.filter(({ outcome }) => !outcome.ok).length;
    const reused = entries.filter(({ outcome }) => outcome.ok && outcome.reusedFrom !== undefined).length;
    expect(state).toMatchObject({
      status: 'finished',
      candidates: 160,
      failed,
      reused,
      trained: 160 - failed - reused,
    });
    expect(state.steps).toBe(state.trained * 20480);
    expect(state.kinds.classical.trained + state.kinds.hybrid.trained).toBe(state.trained);
  });

  it('ranks each network once', async () => {
    const { leaderboard } = await foldHistory(sampleHistory(160));
    expect(new Set(leaderboard.map(({ identity }) => identity)).size).toBe(leaderboard.length);
    expect(leaderboard.map(({ rank }) => rank)).toEqual(leaderboard.map((_, i) => i + 1));
    const scores = leaderboard.map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
  });

  it('follows first parents to the oldest ancestor', async () => {
    const state = await foldHistory(sampleHistory(160));
    const line = lineageOf(state, state.best!);
    expect(line.at(-1)!.index).toBe(state.best!.index);
    for (const [i, candidate] of line.entries()) {
      if (i > 0) expect(candidate.origin.parents[0]).toBe(line[i - 1]!.index);
    }
  });

  it('keeps trainings from inherited weights apart from those from scratch, and says so', async () => {
    const entries = sampleHistory(4).map((entry) => {
      if (entry.type !== 'candidate' || !entry.outcome.ok) return entry;
      const { index, outcome } = entry;
      const inherited = index < 2 ? {} : { inherited: { steps: 100, parameters: 7 } };
      return { ...entry, dna: 'C 4 T C 1', identity: 'one', outcome: { ...outcome, ...inherited, score: 10 * index } };
    });
    const state = await foldHistory(entries);
    const rows = state.leaderboard.map(({ rank, score, inherited, evaluations, candidate }) => {
      return [rank, score, inherited, evaluations, candidate];
    });
    expect(rows).toEqual([
      [1, 25, true, 2, 2],
      [2, 5, false, 2, 0],
    ]);
    expect(differentNetworks(state.leaderboard, 5).map(({ candidate }) => candidate)).toEqual([2]);
    expect(state.mutations.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(3);
    expect(reportText(state)).toContain('C 4 T C 1 (inherited weights)');
    expect(reportHtml(state).match(/\(inherited weights\)/g)).toHaveLength(1);
  });

  it('knows an unfinished history', async () => {
    expect((await foldHistory(sampleHistory(5).slice(0, -1))).status).toBe('unfinished');
    expect((await foldHistory(sampleHistory(0))).best).toBeUndefined();
  });

  it('adds up the seconds of all runs', async () => {
    const entries = sampleHistory(5);
    const run = { time: '', seconds: 10 };
    const resumed = [...entries.slice(0, 3), { type: 'interrupted', run } as const, ...entries.slice(3)];
    expect((await foldHistory(resumed.slice(0, 4))).seconds).toBe(10);
    expect((await foldHistory(resumed.slice(0, -1))).seconds).toBeUndefined();
    expect((await foldHistory(resumed)).seconds).toBe(10 + (await foldHistory(entries)).seconds!);
  });
});

describe('report', () => {
  it('is one HTML page that asks nothing of anybody', async () => {
    const html = reportHtml(await foldHistory(sampleHistory(60)));
    expect(html).not.toMatch(/<script|<link|@import|<img|src=|href="http/);
    for (const title of ['Best networks', 'Lineage of the best', 'Learning curve', 'Failed candidates']) {
      expect(html).toContain(title);
    }
    expect(html.match(/<svg/g)!.length).toBeGreaterThanOrEqual(6);
  });

  it('has a mark for every score, hollow where it was taken over', async () => {
    const state = await foldHistory(sampleHistory(60));
    const chart = /Scores of all candidates[^]*?<\/svg>/.exec(reportHtml(state))![0];
    const [hollow, filled] = [...chart.matchAll(/<g aria-label="dot"[^]*?<\/g>/g)].map(
      ([marks]) => marks.match(/<path/g)!.length,
    );
    expect(hollow).toBe(state.reused);
    expect(filled).toBe(state.trained);
    expect(state.reused).toBeGreaterThan(0);
  });

  it('escapes what plugins and configs say', async () => {
    const [start, ...rest] = sampleHistory(3);
    if (start?.type !== 'started') throw new Error('no start');
    const bad = { ...start, header: { ...start.header, name: '<script>alert(1)</script>' } };
    const html = reportHtml(await foldHistory([bad, ...rest]));
    expect(html).not.toContain('<script');
  });

  it('does without any score', async () => {
    const state = await foldHistory(sampleHistory(0));
    expect(reportHtml(state)).toContain('No candidate has a score.');
    expect(reportText(state)).toContain('No candidate has a score.');
  });

  it('has the leaderboard and both kinds as text', async () => {
    const text = reportText(await foldHistory(sampleHistory(60)), 3);
    expect(text).toMatch(/Lineage of the best observed\n/);
    expect(text).toMatch(/rank +score +± .*evals +params +qubits +DNA/);
    expect(text).toMatch(/classical +\d+/);
    expect(text).toMatch(/hybrid +\d+/);
  });
});

describe('diffDna', () => {
  it('gives both texts back', () => {
    const dna = fc
      .array(fc.constantFrom('C', 'Q', '4', '8', 'T', 'R'), { minLength: 1, maxLength: 12 })
      .map((t) => t.join(' '));
    fc.assert(
      fc.property(dna, dna, (before, after) => {
        const parts = diffDna(before, after);
        const without = (change: string): string =>
          parts
            .filter((part) => part.change !== change)
            .map(({ text }) => text)
            .join(' ');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      }),
    );
  });
});

describe('statistics and formats', () => {
  it('agree with known values', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(median([5, 1, 3])).toBe(3);
    expect(sampleDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5);
    expect(sampleDeviation([3])).toBe(0);
  });

  it('write numbers for people', () => {
    expect([442.64, 0, 0.0123, -12, undefined].map(formatScore)).toEqual(['442.6', '0.0', '0.0123', '-12.0', '-']);
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([1.23, 75, 750, 11100].map(formatDuration)).toEqual(['1.2 s', '75 s', '12 min 30 s', '3 h 05 min']);
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  });
});
