import { describe, expect, it } from '@jest/globals';
import { createRng, philox4x32 } from '../../core/random.js';

describe('philox4x32', () => {
  // Known-answer vectors that the authors publish with Random123 (kat_vectors, "philox4x32 10").
  const ones = 0xffffffff;
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ones, ones, ones, ones],
      [ones, ones],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %j, key %j', (counter, key, expected) => {
    const block = new Uint32Array(4);
    philox4x32(Uint32Array.from(counter), Uint32Array.from(key), block);
    expect([...block]).toEqual(expected);
  });
});

describe('createRng', () => {
  const draws = (rng: { uint32(): number }): number[] => Array.from({ length: 9 }, () => rng.uint32());

  it('forks by purpose and index, whatever was drawn before', () => {
    const rng = createRng(7);
    const early = draws(rng.fork('evaluate', 3));
    draws(rng);
    rng.fork('evaluate', 4);
    expect(draws(rng.fork('evaluate', 3))).toEqual(early);
    expect(draws(createRng(7).fork('evaluate', 3))).toEqual(early);
    const others = [rng.fork('evaluate', 2), rng.fork('ask', 3), createRng(8).fork('evaluate', 3), createRng(7)];
    for (const other of others) expect(draws(other)).not.toEqual(early);
  });

  it('keeps the stream that recorded histories rest on', () => {
    expect(draws(createRng(1)).slice(0, 4)).toEqual([3331480496, 3742918655, 3239913435, 972104769]);
    expect(draws(createRng(1).fork('ask', 5)).slice(0, 3)).toEqual([821175698, 2868063981, 3012547634]);
  });

  it('draws integers uniformly', () => {
    const rng = createRng(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[rng.int(10)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(27.9); // p = 0.001 at 9 degrees of freedom
    expect(rng.int(1)).toBe(0);
    expect(() => rng.int(0)).toThrow(RangeError);
    const ends = new Set(Array.from({ length: 200 }, () => rng.between(-1, 1)));
    expect([...ends].sort((a, b) => a - b)).toEqual([-1, 0, 1]);
  });

  it('draws floats in [0, 1) and standard normals', () => {
    const rng = createRng(4);
    let [sum, square, cube, fourth] = [0, 0, 0, 0];
    const n = 40_000;
    for (let i = 0; i < n; i++) {
      const float = rng.float();
      expect(float >= 0 && float < 1).toBe(true);
      const x = rng.normal();
      sum += x;
      square += x * x;
      cube += x ** 3;
      fourth += x ** 4;
    }
    // Five standard errors of each moment.
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(square / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(cube / n)).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(fourth / n - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  it('shuffles uniformly and keeps the items', () => {
    const rng = createRng(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const items = Int32Array.of(0, 1, 2);
      rng.shuffle(items);
      counts.set(items.join(''), (counts.get(items.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(20.5); // p = 0.001 at 5 degrees of freedom
  });
});
