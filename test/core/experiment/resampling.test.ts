import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bootstrapInterval,
  holmAdjusted,
  probabilityAbove,
  signFlipTest,
} from '../../../core/experiment/resampling.js';
import { mean, median, sampleDeviation } from '../../../core/statistics.js';
import { createRng } from '../../../core/random.js';
import { interquartileMean } from '../../../core/training/metrics.js';

// Two samples of 20, and what SciPy 1.17.1 makes of them: trim_mean(0.25), bootstrap(method='percentile') with 100,000 to
// 200,000 resamples, mannwhitneyu, permutation_test(permutation_type='samples').
const first = [
  220.7, 249.3, 219.8, 121.8, 254.3, 226.8, 167.8, 234.9, 221.9, 217.6, 201.7, 232.8, 155.8, 190.2, 171.1, 235.9, 202.4,
  182.5, 153.1, 184.6,
];
const second = [
  240.8, 240.9, 304.6, 241.2, 121.6, 148.9, 205.2, 226.3, 251.6, 249.7, 336.7, 190.8, 189, 327.2, 247.9, 281.1, 205.5,
  138.8, 214.9, 227.8,
];
const differences = second.map((value, i) => value - first[i]!);

describe('bootstrap intervals', () => {
  const close = (interval: { low: number; high: number } | undefined, low: number, high: number, within: number) => {
    expect(Math.abs(interval!.low - low)).toBeLessThan(within);
    expect(Math.abs(interval!.high - high)).toBeLessThan(within);
  };

  it('are those of SciPy, but for the draws', () => {
    expect(interquartileMean(first)).toBeCloseTo(206.82, 10);
    expect(interquartileMean(second)).toBeCloseTo(230.02, 10);
    close(bootstrapInterval([first], median, createRng(1)), 183.55, 224.35, 1.2);
    close(bootstrapInterval([first], interquartileMean, createRng(2)), 186.03, 223.6, 1.2);
    close(bootstrapInterval([first], mean, createRng(3)), 186.69, 216.955, 1);
    close(bootstrapInterval([differences], mean, createRng(4)), -2.795, 55.875, 1.5);
    close(bootstrapInterval([second, first], probabilityAbove, createRng(5)), 0.485, 0.83, 0.015);
  });

  it('have the width of the closed form for the mean of many values', () => {
    const rng = createRng(9);
    const values = Array.from({ length: 100 }, () => rng.normal());
    const { low, high } = bootstrapInterval([values], mean, createRng(1), { level: 0.9, resamples: 2000 })!;
    const wanted = (2 * 1.6448536 * sampleDeviation(values)) / Math.sqrt(100);
    expect(Math.abs((high - low) / wanted - 1)).toBeLessThan(0.08);
  });

  it('draw every stratum by itself', () => {
    const strata = [
      [1, 1, 1],
      [100, 100],
    ] as const;
    const interval = bootstrapInterval(strata, (a, b) => mean(b) - mean(a), createRng(1));
    expect(interval).toEqual({ low: 99, high: 99 });
  });

  it('cover the true mean about as often as they say', () => {
    let covered = 0;
    for (let sample = 0; sample < 200; sample++) {
      const rng = createRng(sample);
      const values = Array.from({ length: 25 }, () => rng.float());
      const { low, high } = bootstrapInterval([values], mean, rng.fork('bootstrap'), { resamples: 200 })!;
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered).toBeGreaterThan(175);
    expect(covered).toBeLessThan(199);
  });

  it('need two values; equal seeds give equal ones', () => {
    expect(bootstrapInterval([[1]], mean, createRng(1))).toBeUndefined();
    expect(bootstrapInterval([[1, 2], []], () => 0, createRng(1))).toBeUndefined();
    const again = () => bootstrapInterval([first], median, createRng(7));
    expect(again()).toEqual(again());
  });
});

describe('probability of being above', () => {
  it("is Mann and Whitney's U over the number of pairs", () => {
    expect(probabilityAbove(second, first)).toBeCloseTo(266 / 400, 12);
    expect(probabilityAbove([1, 2], [2, 3])).toBe(0.125);
  });

  it('adds up to 1 with the other way round', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(probabilityAbove(a, b) + probabilityAbove(b, a)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('sign-flip test', () => {
  it('is exact for few pairs', () => {
    expect(signFlipTest(differences.slice(0, 10), createRng(1))).toBeCloseTo(0.6796875, 12);
    expect(signFlipTest([1, 2, 3], createRng(1))).toBe(2 / 8);
    expect(signFlipTest([0, 0], createRng(1))).toBe(1);
    expect(signFlipTest([0.1, 0.2, 0.3, -0.6], createRng(1))).toBe(1);
  });

  it('comes near the exact value for many', () => {
    expect(Math.abs(signFlipTest(differences, createRng(1))! - 0.0922)).toBeLessThan(0.01);
    expect(signFlipTest([], createRng(1))).toBeUndefined();
  });
});

describe("Holm's adjustment", () => {
  it('multiplies from the smallest on, never falls and never goes beyond 1', () => {
    // Holm 1979: (0.01, 0.04, 0.03, 0.005) -> 0.005 * 4, 0.01 * 3, 0.03 * 2, max(0.06, 0.04 * 1)
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holmAdjusted([0.7, 0.9])).toEqual([1, 1]);
    expect(holmAdjusted([])).toEqual([]);
  });
});
