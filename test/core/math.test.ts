import { describe, expect, it } from '@jest/globals';
import { cosine, exponential, logarithm, sine } from '../../core/math.js';

const ulps = (value: number, exact: number): number =>
  Object.is(value, exact) ? 0 : Math.abs(value - exact) / 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 52);

function* grid(low: number, high: number, count: number): Generator<number> {
  for (let i = 0; i <= count; i++) yield low + ((high - low) * i) / count;
}

describe('elementary functions', () => {
  it.each([
    ['sine', sine, Math.sin, -20, 20],
    ['sine', sine, Math.sin, -1e5, 1e5],
    ['cosine', cosine, Math.cos, -20, 20],
    ['cosine', cosine, Math.cos, -1e5, 1e5],
    ['exponential', exponential, Math.exp, -700, 700],
    ['exponential', exponential, Math.exp, -1, 1],
    ['logarithm', logarithm, Math.log, 1e-3, 3],
    ['logarithm', logarithm, Math.log, 1, 1e15],
  ])('%s stays within two roundings of the engine (range %#)', (_, ours, engine, low, high) => {
    let worst = 0;
    for (const x of grid(low + 0.1234567, high, 20_011)) worst = Math.max(worst, ulps(ours(x), engine(x)));
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('keeps identities that do not depend on any library', () => {
    for (const x of grid(-50, 50, 997)) {
      expect(Math.abs(sine(x) ** 2 + cosine(x) ** 2 - 1)).toBeLessThan(4e-16);
      expect(sine(-x)).toBe(-sine(x));
      expect(cosine(-x)).toBe(cosine(x));
      expect(Math.abs(logarithm(exponential(x)) - x)).toBeLessThan(2e-14);
    }
  });

  it('treats the ends of the range as IEEE 754 asks', () => {
    expect([sine(0), sine(-0), cosine(0)]).toEqual([0, -0, 1]);
    for (const bad of [NaN, Infinity, -Infinity]) expect([sine(bad), cosine(bad)]).toEqual([NaN, NaN]);
    expect([logarithm(0), logarithm(-1), logarithm(Infinity), logarithm(NaN)]).toEqual([-Infinity, NaN, Infinity, NaN]);
    expect([exponential(-Infinity), exponential(Infinity), exponential(NaN), exponential(1000)]).toEqual([
      0,
      Infinity,
      NaN,
      Infinity,
    ]);
    expect(logarithm(5e-324)).toBeCloseTo(-744.4400719213812, 10);
    expect(exponential(-745)).toBe(5e-324);
    expect(Number.isFinite(sine(1e300))).toBe(true);
  });
});
