import { describe, expect, it } from '@jest/globals';
import { defineStrategy, integer, type SearchStrategy, type Told } from '../../core/index.js';
import { oneMax } from '../../bench/landscapes/bit-landscapes.js';
import { randomSearch } from '../../search-strategies/random-search/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { long, mean, run, seeds, summaryOf } from './run.js';

/**
 * The toy problem of the reference notebook of Real et al. 2019: 100 bits, score = share of ones plus noise, clipped to
 * [0, 1], 1000 candidates. Expected values and standard deviations come from 10,000 independent runs of another program.
 */
const length = 100;
const reference = { populationSize: 100, sampleSize: 10 };

/** A known defect: the child leaves instead of the oldest member, so the first population stays for ever. */
const frozen: SearchStrategy = defineStrategy({
  id: 'test/frozen',
  summary: 'a population that never changes',
  options: { populationSize: integer(1, 1000), sampleSize: integer(1, 1000) },
  start({ populationSize, sampleSize }, moves) {
    const population: (Told & { readonly score: number })[] = [];
    return {
      ask(_, rng) {
        if (population.length < populationSize) {
          const { genome, by } = moves.random(rng);
          return { genome, origin: { by, parents: [] } };
        }
        const sample = Array.from({ length: sampleSize }, () => rng.pick(population));
        const parent = sample.reduce((best, member) => (member.score > best.score ? member : best));
        return { genome: moves.mutate(parent.genome, rng).genome, origin: { by: 'flip', parents: [parent.index] } };
      },
      tell(told) {
        if (population.length < populationSize) population.push({ ...told, score: told.score! });
      },
    };
  },
});

type Expected = readonly [mean: number, deviation: number];
interface Row {
  readonly name: string;
  readonly strategy: SearchStrategy;
  readonly options: Readonly<Record<string, unknown>>;
  readonly noise: number;
  readonly last: number;
  readonly best: Expected;
  readonly most: Expected;
  readonly lastMean: Expected;
}

const row = (
  name: string,
  options: Row['options'],
  figures: Pick<Row, 'best' | 'most' | 'lastMean'>,
  rest: Partial<Row> = {},
): Row => ({ name, strategy: regularizedEvolution, options, noise: 0.01, last: 100, ...figures, ...rest });

const rows: readonly Row[] = [
  row('P 100, S 10', reference, { best: [0.908, 0.0213], most: [89.87, 2.09], lastMean: [86.69, 2.03] }),
  row(
    'tournament without replacement',
    { ...reference, replacement: false },
    { best: [0.912, 0.0211], most: [90.26, 2.06], lastMean: [87.12, 2.01] },
  ),
  row(
    'P 100, S 25',
    { ...reference, sampleSize: 25 },
    { best: [0.9604, 0.0183], most: [95.02, 1.78], lastMean: [92.36, 1.78] },
  ),
  row(
    'P 100, S 2',
    { ...reference, sampleSize: 2 },
    { best: [0.7336, 0.0227], most: [72.48, 2.26], lastMean: [68.1, 2.05] },
  ),
  row(
    "P 32, S 8, the study's",
    { populationSize: 32, sampleSize: 8 },
    { best: [0.9532, 0.0177], most: [94.18, 1.74], lastMean: [91.29, 1.76] },
    { last: 32 },
  ),
  row('no noise', reference, { best: [0.9311, 0.0166], most: [93.11, 1.66], lastMean: [90.29, 1.63] }, { noise: 0 }),
  row(
    'the worst of the sample leaves',
    { ...reference, removal: 'worst-of-sample' },
    { best: [0.9072, 0.0218], most: [89.8, 2.14], lastMean: [86.61, 2.1] },
  ),
  row(
    'random search',
    {},
    { best: [0.6643, 0.0174], most: [66.07, 1.73], lastMean: [49.99, 0.5] },
    { strategy: randomSearch },
  ),
  row(
    'the defect of a frozen population',
    reference,
    { best: [0.6563, 0.021], most: [63.49, 2.11], lastMean: [57.29, 0.87] },
    { strategy: frozen },
  ),
];

const count = long ? 200 : 20;
/** How many standard errors lie between the mean of some runs and what is expected. */
const standardErrors = (values: readonly number[], [expected, deviation]: Expected): number =>
  Math.abs(mean(values) - expected) / (deviation / Math.sqrt(values.length));

describe('noisy OneMax', () => {
  it.each(rows)('$name', ({ strategy, options, noise, last, best, most, lastMean }) => {
    const landscape = oneMax(length);
    const runs = seeds(count).map((seed) =>
      summaryOf(run(landscape, strategy, options, { candidates: 1000, noise, clip: true, forks: false, seed }), last),
    );
    expect(
      standardErrors(
        runs.map((each) => each.best),
        best,
      ),
    ).toBeLessThan(4);
    expect(
      standardErrors(
        runs.map((each) => each.most),
        most,
      ),
    ).toBeLessThan(4);
    expect(
      standardErrors(
        runs.map((each) => each.lastMean),
        lastMean,
      ),
    ).toBeLessThan(4);
  });

  it('evolution is above random search for every seed', () => {
    const landscape = oneMax(length);
    for (const seed of seeds(long ? 30 : 8)) {
      const common = { candidates: 1000, noise: 0.01, clip: true, forks: false, seed };
      const evolution = summaryOf(run(landscape, regularizedEvolution, reference, common), 100).best;
      expect(evolution).toBeGreaterThan(summaryOf(run(landscape, randomSearch, {}, common), 100).best);
    }
  });
});

/** Mean true ones of the last population: which member leaves shows where noise is large. */
const agingRows = [
  { candidates: 1000, sampleSize: 10, noise: 0.05, aging: [70.49, 3.01], nonAging: [65.57, 3.2] },
  { candidates: 2000, sampleSize: 25, noise: 0.05, aging: [77.16, 3.29], nonAging: [66.73, 3.96] },
  { candidates: 5000, sampleSize: 10, noise: 0.05, aging: [84.18, 2.32], nonAging: [72.91, 4.2] },
  { candidates: 20_000, sampleSize: 10, noise: 0.05, aging: [84.77, 2.21], nonAging: [80.49, 4.31] },
  { candidates: 5000, sampleSize: 10, noise: 0.1, aging: [75.47, 2.96], nonAging: [63.24, 3.4] },
] as const;

describe('aging against non-aging evolution', () => {
  it.each(long ? agingRows : agingRows.slice(0, 2))(
    '$candidates candidates, tournaments of $sampleSize, noise $noise',
    ({ candidates, sampleSize, noise, aging, nonAging }) => {
      const lastMeans = (removal: string): number[] =>
        seeds(long ? 20 : 12).map((seed) => {
          const options = { ...reference, sampleSize, removal };
          const common = { candidates, noise, clip: true, forks: false, seed };
          return summaryOf(run(oneMax(length), regularizedEvolution, options, common), 100).lastMean;
        });
      const [oldest, worst] = [lastMeans('oldest'), lastMeans('worst-of-sample')];
      expect(standardErrors(oldest, aging)).toBeLessThan(4);
      expect(standardErrors(worst, nonAging)).toBeLessThan(4);
      if (sampleSize === 25) expect(mean(oldest) - mean(worst)).toBeGreaterThan(5);
    },
  );

  it('the best observed score is far above the true one', () => {
    const steps = run(oneMax(length), regularizedEvolution, reference, {
      candidates: 5000,
      noise: 0.05,
      clip: true,
      seed: 1,
    });
    const best = steps.reduce((top, step) => (step.observed > top.observed ? step : top));
    expect(best.observed - best.truth).toBeGreaterThan(0.08);
  });
});

describe('quick cases', () => {
  it.each([
    { bits: 10, populationSize: 20, candidates: 200, expected: 48.5, tolerance: 14, share: 1 },
    { bits: 32, populationSize: 50, candidates: 1000, expected: 357, tolerance: 80, share: 0.95 },
  ])('finds the optimum of $bits bits', ({ bits, populationSize, candidates, expected, tolerance, share }) => {
    const evaluations = seeds(50).map(
      (seed) =>
        run(
          oneMax(bits),
          regularizedEvolution,
          { populationSize, sampleSize: 10 },
          { candidates, seed, until: 1, forks: false },
        ).length,
    );
    expect(evaluations.filter((each) => each < candidates).length / 50).toBeGreaterThanOrEqual(share);
    expect(Math.abs(mean(evaluations) - expected)).toBeLessThan(tolerance);
  });
});
