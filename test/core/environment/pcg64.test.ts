import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pcg64 } from '../../../core/environment/pcg64.js';

interface Golden {
  readonly state: string;
  readonly inc: string;
  readonly random4: readonly string[];
  readonly 'uniform_-0.05_0.05x2': readonly string[];
  readonly integers_0_2x8: readonly number[];
  readonly 'integers_scalar_-9999_9999x3': readonly number[];
}

const file = new URL('../../golden/gymnasium-1.3.0-rollouts.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Golden>;

const ABOVE_32_BITS = [0.004739459374490829, 0.3725845824112115];

describe('Pcg64', () => {
  it.each([0, 1, 42, 123])('draws what NumPy draws from seed %i', (seed) => {
    const expected = golden[`pcg64_${seed}`]!;
    const generator = new Pcg64(seed);
    expect(generator.save()).toEqual({ state: expected.state, increment: expected.inc, buffered: null });
    expect(expected.random4.map(() => generator.random())).toEqual(expected.random4.map(parseHexFloat));
    const uniforms = expected['uniform_-0.05_0.05x2'];
    expect(uniforms.map(() => generator.uniform(-0.05, 0.05))).toEqual(uniforms.map(parseHexFloat));
    expect(expected.integers_0_2x8.map(() => generator.integers(0, 2))).toEqual(expected.integers_0_2x8);
    const integers = expected['integers_scalar_-9999_9999x3'];
    expect(integers.map(() => generator.integers(-9999, 9999))).toEqual(integers);
    expect(generator.save().buffered).not.toBeNull();
  });

  it('uses both words of a seed above 2^32', () => {
    // numpy.random.default_rng(2**40 + 5).random(2)
    const generator = new Pcg64(2 ** 40 + 5);
    expect([generator.random(), generator.random()]).toEqual(ABOVE_32_BITS);
  });

  it('keeps the buffered half over 64-bit draws and in its saved state', () => {
    const generator = new Pcg64(7);
    const pair = new Pcg64(7);
    generator.uint32();
    pair.uint32();
    const half = generator.save().buffered;
    generator.random();
    const other = new Pcg64(0);
    other.restore(generator.save());
    expect(generator.uint32()).toBe(half);
    expect(other.uint32()).toBe(half);
    expect(other.random()).toBe(generator.random());
    expect(pair.uint32()).toBe(half);
  });

  it('draws nothing for a single value', () => {
    const generator = new Pcg64(3);
    const before = generator.save();
    expect(generator.integers(5, 6)).toBe(5);
    expect(generator.save()).toEqual(before);
  });

  it('stays inside the bounds of integers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer(), fc.integer({ min: 1, max: 0x1_0000_0000 }), (seed, low, n) => {
        const value = new Pcg64(seed).integers(low, low + n);
        return Number.isInteger(value) && value >= low && value < low + n;
      }),
    );
  });

  it('agrees with 128-bit arithmetic on every step', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
        fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
        (state, increment) => {
          const generator = new Pcg64(0);
          generator.restore({ state: `${state}`, increment: `${increment}`, buffered: null });
          const next = BigInt.asUintN(128, state * 0x2360ed051fc65da44385df649fccf645n + increment);
          const folded = (next >> 64n) ^ (next & 0xffffffffffffffffn);
          const turn = next >> 122n;
          const output = BigInt.asUintN(64, (folded >> turn) | (folded << (64n - turn)));
          expect(generator.random()).toBe(Number(output >> 11n) / 2 ** 53);
          expect(generator.save().state).toBe(`${next}`);
        },
      ),
    );
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('refuses the seed %p', (seed) => {
    expect(() => new Pcg64(seed)).toThrow(expect.objectContaining({ code: 'invalid-seed' }));
  });
});

/** "-0x1.8p+1" = -3 */
function parseHexFloat(text: string): number {
  const match = /^(-?)0x([01])\.([0-9a-f]*)p([+-]\d+)$/.exec(text)!;
  const mantissa = Number(`0x${match[2]}${match[3]}`) * 16 ** -match[3]!.length;
  return (match[1] === '-' ? -1 : 1) * mantissa * 2 ** Number(match[4]);
}
