import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../core/random.js';
import { bitGenome } from '../../bench/landscapes/bit-moves.js';
import { leadingOnes, nk, oneMax, ones, royalRoad, trap } from '../../bench/landscapes/bit-landscapes.js';
import type { Landscape } from '../../bench/landscapes/landscape.js';
import { hillClimbing } from '../../search-strategies/local-search/index.js';
import { muPlusLambda } from '../../search-strategies/mu-plus-lambda/index.js';
import { regularizedEvolution } from '../../search-strategies/regularized-evolution/index.js';
import { long, mean, run, seeds } from './run.js';

/** Probability of k successes in n draws. */
function binomial(n: number, k: number, p: number): number {
  let value = (1 - p) ** (n - k);
  for (let i = 0; i < k; i++) value *= ((n - i) / (i + 1)) * p;
  return value;
}

/**
 * Expected evaluations after the first of the (1+1) evolutionary algorithm on OneMax, from a uniform start: the exact
 * recursion over the number of ones.
 */
function oneMaxExpected(n: number): number {
  const expected = Array<number>(n + 1).fill(0);
  for (let from = n - 1; from >= 0; from--) {
    let leave = 0;
    let rest = 1;
    for (let to = from + 1; to <= n; to++) {
      let probability = 0;
      for (let lost = 0; lost <= n - to && lost <= from; lost++) {
        probability += binomial(n - from, to - from + lost, 1 / n) * binomial(from, lost, 1 / n);
      }
      leave += probability;
      rest += probability * expected[to]!;
    }
    expected[from] = rest / leave;
  }
  return expected.reduce((sum, value, from) => sum + binomial(n, from, 0.5) * value, 0);
}

/** n sum_z binom(n, z) 2^-n H_z: every wrong bit must be drawn once. */
function localSearchExpected(n: number): number {
  let harmonic = 0;
  let sum = 0;
  for (let wrong = 1; wrong <= n; wrong++) {
    harmonic += 1 / wrong;
    sum += binomial(n, wrong, 0.5) * harmonic;
  }
  return n * sum;
}

/** Boettcher, Doerr and Neumann 2010: n²/2 ((1 - 1/n)^(1-n) - (1 - 1/n)). */
function leadingOnesExpected(n: number): number {
  return ((n * n) / 2) * ((1 - 1 / n) ** (1 - n) - (1 - 1 / n));
}

describe('closed forms', () => {
  it('are the published figures', () => {
    const published = [
      [oneMaxExpected, [130.07, 443.19, 1069.54]],
      [localSearchExpected, [58.09, 190.3, 449.42]],
      [leadingOnesExpected, [340.01, 2138.82, 8573.4]],
    ] as const;
    for (const [form, values] of published) {
      for (const [i, n] of [20, 50, 100].entries()) expect(form(n)).toBeCloseTo(values[i]!, 1);
    }
  });

  const onePlusOne = [muPlusLambda, { parents: 1, children: 1 }] as const;
  const localSearch = [hillClimbing, { patience: 1_000_000_000 }] as const;
  const sizes = long ? [20, 50, 100] : [20, 50];
  const forms = [
    { name: 'OneMax, (1+1)', search: onePlusOne, landscape: (n: number) => oneMax(n, 'each'), form: oneMaxExpected },
    {
      name: 'OneMax, single flips',
      search: localSearch,
      landscape: (n: number) => oneMax(n),
      form: localSearchExpected,
    },
    {
      name: 'LeadingOnes, (1+1)',
      search: onePlusOne,
      landscape: (n: number) => leadingOnes(n, 'each'),
      form: leadingOnesExpected,
    },
  ];
  const cases = forms.flatMap((form) => sizes.map((n) => ({ ...form, n })));
  it.each(cases)('$name, $n bits', ({ search: [strategy, options], landscape, form, n }) => {
    const runs = n === 20 || long ? 200 : 40;
    const evaluations = seeds(runs).map(
      (seed) =>
        run(landscape(n), strategy, options, { candidates: 1_000_000, seed, until: 1, forks: false }).length - 1,
    );
    const average = mean(evaluations);
    const variance = mean(evaluations.map((value) => (value - average) ** 2));
    expect(Math.abs(average - form(n)) / Math.sqrt(variance / runs)).toBeLessThan(4);
  });
});

describe('NK landscapes', () => {
  const enumerate = (length: number, neighbours: number, landscapes: number) =>
    seeds(landscapes).map((seed) => {
      const { at } = nk(length, neighbours, createRng(seed));
      const values = Float64Array.from({ length: 2 ** length }, (_, bits) => at(bits));
      let optima = 0;
      for (const [bits, value] of values.entries()) {
        let top = true;
        for (let i = 0; i < length; i++) if (values[bits ^ (1 << i)]! > value) top = false;
        if (top) optima++;
      }
      return { optima, best: Math.max(...values) };
    });

  it.each([
    { neighbours: 0, optima: 1, error: 0, best: 2 / 3 },
    { neighbours: 1, optima: 3.78, error: 0.13, best: 0.724 },
    { neighbours: 2, optima: 8.92, error: 0.18, best: 0.743 },
    { neighbours: 4, optima: 25.4, error: 0.2, best: 0.775 },
    { neighbours: 9, optima: 93.09, error: 0.11, best: 0.785 },
  ])('K = $neighbours has as many local optima as published', ({ neighbours, optima, error, best }) => {
    const count = long ? 400 : 50;
    const found = enumerate(10, neighbours, count);
    // The published standard errors are of 400 landscapes.
    const scale = Math.sqrt(400 / count);
    const average = mean(found.map((each) => each.optima));
    if (error === 0) expect(found.every((each) => each.optima === optima)).toBe(true);
    else expect(Math.abs(average - optima)).toBeLessThan(4.5 * error * scale);
    expect(Math.abs(mean(found.map((each) => each.best)) - best)).toBeLessThan(0.01 * scale);
  });

  it('hill climbing ends at a local optimum', () => {
    for (const seed of seeds(20)) {
      const landscape = nk(16, 3, createRng(seed));
      const steps = run(landscape, hillClimbing, { patience: 1_000_000 }, { candidates: 600, seed });
      const best = Math.max(...steps.map(({ truth }) => truth));
      const top = steps
        .find(({ truth }) => truth === best)!
        .proposal.genome.layers.map(({ on }) => (on === true ? 1 : 0));
      for (const at of top.keys()) {
        const neighbour = top.map((value, i) => (i === at ? 1 - value : value)).join('');
        expect(landscape.score(bitGenome(neighbour))).toBeLessThanOrEqual(best);
      }
    }
  });
});

describe('traps and roads', () => {
  it('single flips end at all zeros on a trap', () => {
    for (const seed of seeds(5)) {
      const options = { populationSize: 50, sampleSize: 10 };
      const steps = run(trap(1, 20), regularizedEvolution, options, { candidates: 1500, seed });
      expect(Math.max(...steps.map(({ truth }) => truth))).toBeCloseTo(19 / 20, 12);
      expect(mean(steps.slice(-50).map(({ proposal }) => ones(proposal.genome)))).toBeLessThan(3);
    }
  });

  it.each<readonly [string, Landscape, string, number]>([
    ['a full block of a trap', trap(2, 4), '11110000', 7 / 8],
    ['a trap with one zero', trap(2, 4), '11101111', 4 / 8],
    ['one block of a road', royalRoad(2, 4), '11110111', 1 / 2],
    ['leading ones', leadingOnes(4), '1101', 1 / 2],
  ])('%s', (_name, landscape, bits, score) => {
    expect(landscape.score(bitGenome(bits))).toBe(score);
  });

  it('restarts get out of a trap that holds a single climb', () => {
    const landscape = trap(1, 6);
    const solved = (patience: number): number =>
      seeds(20).filter((seed) => {
        const options = { patience };
        return run(landscape, hillClimbing, options, { candidates: 6000, seed, until: 1 }).length < 6000;
      }).length;
    expect(solved(30)).toBe(20);
    expect(solved(1_000_000)).toBeLessThan(10);
  });
});
