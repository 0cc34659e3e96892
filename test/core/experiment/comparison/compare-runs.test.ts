import { describe, expect, it } from '@jest/globals';
import { compareRuns, type Arm } from '../../../../core/experiment/comparison/compare-runs.js';
import { comparisonHtml } from '../../../../core/experiment/comparison/comparison-html.js';
import { comparisonText, contrastCells } from '../../../../core/experiment/comparison/comparison-text.js';
import { measureNamed } from '../../../../core/experiment/comparison/run-measure.js';
import type { RunRecord, TrainedNetwork } from '../../../../core/experiment/comparison/run-record.js';
import { createRng } from '../../../../core/random.js';
import { Registry } from '../../../../core/registry.js';
import { scoreMetrics } from '../../../../core/training/metrics.js';

const metrics = new Registry('metric', scoreMetrics);
const measure = (name: string) => measureNamed(name, metrics);

const network = (score: number, kind: TrainedNetwork['kind'] = 'classical', qubits = 0): TrainedNetwork => ({
  kind,
  score,
  metrics: { 'score/qubits': qubits },
});

function runOf(seed: number, trained: readonly TrainedNetwork[], facts: Partial<RunRecord> = {}): RunRecord {
  return {
    id: `run-${seed}`,
    seed,
    objective: { id: 'score/greedy-mean', direction: 'maximise' },
    candidates: trained.length,
    failed: 0,
    failure: undefined,
    refused: 0,
    trained,
    finalists: [],
    ...facts,
  };
}

const arm = (name: string, values: readonly number[]): Arm => ({
  name,
  runs: values.map((value, i) => runOf(i + 1, [network(value)])),
});

describe('measures of runs', () => {
  const run = runOf(
    1,
    [network(10), network(100), network(30, 'hybrid', 2), network(50, 'hybrid', 4), network(20, 'hybrid', 0)],
    { candidates: 10, failed: 2, refused: 5 },
  );

  it.each([
    ['best', 100],
    ['best-hybrid', 50],
    ['median', 30],
    ['median-classical', 55],
    ['mean-hybrid', 100 / 3],
    ['spread-hybrid', 15],
    ['share-hybrid', 0.6],
    ['below:30', 0.4],
    ['below-hybrid:30', 1 / 3],
    ['with:score/qubits', 0.4],
    ['with-hybrid:score/qubits', 2 / 3],
    ['failed', 0.2],
    ['refused', 0.5],
    ['score/qubits', 0],
    ['score', undefined],
    ['winner', undefined],
    ['finalists', undefined],
  ])('%s', (name, value) => {
    const got = measure(name).of(run);
    if (value === undefined) expect(got).toBeUndefined();
    else expect(got).toBeCloseTo(value, 12);
  });

  it('take the least as the best where less is better', () => {
    const objective = { id: 'score/parameters', direction: 'minimise' } as const;
    const small = { ...run, objective };
    expect(measure('best').of(small)).toBe(10);
    expect(measure('score/qubits').of({ ...small, trained: [network(5, 'hybrid', 3), network(9)] })).toBe(3);
  });

  it('have no value where there is no such network', () => {
    const classical = runOf(1, [network(1)]);
    for (const name of ['best-hybrid', 'median-hybrid', 'below-hybrid:5']) {
      expect(measure(name).of(classical)).toBeUndefined();
    }
    expect(measure('share-hybrid').of(classical)).toBe(0);
  });

  it.each(['bets', 'below', 'below:x', 'median:5', 'winner-hybrid', 'best-quantum', 'constructor'])(
    '"%s" is refused',
    (name) => {
      expect(() => measure(name)).toThrow(/unknown-run-measure/);
    },
  );

  it('name metrics that exist', () => {
    expect(() => measure('with:score/qubit')).toThrow(/Did you mean "score\/qubits"\?.*\[unknown-id\]/);
    expect(() => measure('score/qubit')).toThrow(/unknown-id/);
  });
});

describe('a comparison', () => {
  const low = arm('low', [10, 12, 14, 16, 18, 20]);
  const high = arm('high', [15, 15, 19, 18, 26, 25]);

  it('holds every arm against the first, seed by seed', () => {
    const { measures, seeds, objective } = compareRuns([low, high], [measure('best')], createRng(1));
    expect({ seeds, objective }).toEqual({
      seeds: [1, 2, 3, 4, 5, 6],
      objective: { id: 'score/greedy-mean', direction: 'maximise' },
    });
    const [{ arms, contrasts }] = measures as [(typeof measures)[number]];
    expect(arms[0]).toMatchObject({ count: 6, mean: 15, median: { value: 15 }, iqm: { value: 15 } });
    expect(contrasts).toHaveLength(1);
    const [{ difference, improvement, p, adjusted, pairs }] = contrasts as [(typeof contrasts)[number]];
    expect(pairs).toBe(6);
    expect(difference!.value).toBeCloseTo(28 / 6, 12);
    expect(difference!.interval!.low).toBeGreaterThan(2);
    expect(difference!.interval!.high).toBeLessThan(7.5);
    // Pairs of (15, 15, 19, 18, 26, 25) above (10, 12, 14, 16, 18, 20): 3 + 3 + 5 + 4.5 + 6 + 6.
    expect(improvement!.value).toBeCloseTo(27.5 / 36, 12);
    // All six differences have the same sign: 2 of 64 patterns are as extreme.
    expect(p).toBe(2 / 64);
    expect(adjusted).toBe(2 / 64);
  });

  it('pairs seeds, not places, and leaves runs without a value out', () => {
    const other: Arm = {
      name: 'other',
      runs: [runOf(3, [network(20)]), runOf(1, [network(11)]), runOf(2, []), runOf(9, [network(500)])],
    };
    const [{ arms, contrasts }] = compareRuns([low, other], [measure('best')], createRng(1)).measures as [never];
    expect(contrasts[0]).toMatchObject({ pairs: 2, difference: { value: 3.5 } });
    expect(arms[1]).toMatchObject({ count: 3 });
  });

  it('counts less as better where it is', () => {
    const [{ contrasts }] = compareRuns([high, low], [measure('below:17')], createRng(1)).measures as [never];
    // 4 of 6 runs of `low` are below 17, 2 of 6 of `high`.
    expect(contrasts[0]).toMatchObject({ difference: { value: 2 / 6 } });
    const [{ improvement }] = contrasts as [{ improvement: { value: number } }];
    expect(improvement.value).toBeLessThan(0.5);
  });

  it('adjusts p values for the number of arms', () => {
    const [{ contrasts }] = compareRuns(
      [low, high, arm('same', [11, 12, 14, 16, 18, 19])],
      [measure('best')],
      createRng(1),
    ).measures as [never];
    expect(contrasts).toMatchObject([
      { p: 2 / 64, adjusted: 4 / 64 },
      { p: 1, adjusted: 1 },
    ]);
  });

  it('is the same for the same seed, and plain JSON', () => {
    const again = () => compareRuns([low, high], [measure('best'), measure('median')], createRng(1));
    const first = again();
    expect(again()).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('refuses arms that improve different things', () => {
    const other = { id: 'score/parameters', direction: 'minimise' } as const;
    const odd: Arm = { name: 'odd', runs: [runOf(1, [network(1)], { objective: other })] };
    expect(() => compareRuns([low, odd], [measure('best')], createRng(1))).toThrow(/"odd".*\[not-comparable\]/);
  });

  it('shows no difference where rounding leaves one', () => {
    const contrast = { pairs: 3, improvement: undefined, p: undefined, adjusted: undefined, arm: 'a', against: 'b' };
    const cellOf = (value: number): string =>
      contrastCells({ ...contrast, difference: { value, interval: { low: -0.5, high: 0.5 } } })[0]!;
    expect(cellOf(7e-16)).toBe('0.0 [-0.50, 0.50]');
    expect(cellOf(-7e-16)).toBe('0.0 [-0.50, 0.50]');
    expect(cellOf(1e-4)).toBe('+0.0001 [-0.50, 0.50]');
  });

  it('is shown as text and as a page without scripts', () => {
    const named = { ...high, name: '<b>high</b>' };
    const comparison = compareRuns([low, named], [measure('best'), measure('best-hybrid')], createRng(1));
    const text = comparisonText(comparison);
    expect(text).toMatch(/^2 arms · seeds 1-6 · score: score\/greedy-mean\n/);
    expect(text).toMatch(/^low +6 +15\.0 \[[\d.]+, [\d.]+\] +15\.0 \[/m);
    expect(text).toMatch(/^<b>high<\/b> +6 +\+4\.7 \[[\d.]+, [\d.]+\] +0\.76 \[0\.\d\d, \d\.\d\d\] +0\.031 +0\.031$/m);
    expect(text).toMatch(/^low +0 +- +- +-$/m);
    const html = comparisonHtml(comparison);
    expect(html).toContain('&#60;b&#62;high');
    expect(html).not.toMatch(/<script|<b>high|https?:\/\/(?!www\.w3\.org)/);
    expect(html.match(/<svg/g)).toHaveLength(2); // the second measure has nothing to draw
  });
});
