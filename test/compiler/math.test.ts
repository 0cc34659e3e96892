import { describe, expect, it } from '@jest/globals';
import {
  exponential,
  type Expression,
  type FunctionBuilder,
  halfAngleSineCosine,
  logarithm,
  sigmoid,
  sineCosine,
  softplus,
  tanh,
  type VectorOperations,
} from '../../compiler/index.js';
import { kernel, runBoth } from './run-kernel.js';

type F32x4 = Expression<'f32x4'>;
type Function32 = (fn: FunctionBuilder, ops: VectorOperations<'f32x4'>, x: F32x4) => F32x4;

const specials = [
  0,
  -0,
  1e-45,
  -1e-45,
  1e-39,
  -1e-39,
  1.1754944e-38,
  Infinity,
  -Infinity,
  NaN,
  3.4028235e38,
  -3.4028235e38,
];

/** Evenly spaced values and the special ones, padded to a multiple of 4. */
function grid(low: number, high: number, count = 20000): Float32Array {
  const values = Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  while ((values.length + specials.length) % 4 !== 0) values.push(low);
  return Float32Array.from([...values, ...specials]);
}

/** f of each element, equal in both backends. */
function evaluate(f: Function32, x: Float32Array): Float32Array {
  const bytes = x.length * 4;
  const memory = new Uint8Array(bytes * 2);
  memory.set(new Uint8Array(x.buffer));
  const code = kernel((fn) => {
    fn.loop(0, fn.parameter<'i32'>(0), 16, (at) => {
      fn.store(at, bytes, f(fn, fn.f32, fn.f32.load(at)));
    });
  });
  const { wasm, javascript } = runBoth([code], 'kernel', bytes, memory);
  const [a, b] = [new Float32Array(wasm, bytes, x.length), new Float32Array(javascript, bytes, x.length)];
  expect(a.findIndex((value, i) => !Object.is(value, b[i]))).toBe(-1);
  return a;
}

/** Distance from the exact value in units in the last place of its float32 rounding. */
function ulps(value: number, exact: number): number {
  if (Object.is(value, Math.fround(exact))) return 0;
  if (!Number.isFinite(exact) || Number.isNaN(value)) return Infinity;
  const unit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23), 2 ** -149);
  return Math.abs(value - exact) / unit;
}

/** Largest error in ulp over finite exact values for which `counts` holds. */
function worst(f: Function32, x: Float32Array, exact: (x: number) => number, counts: (y: number) => boolean): number {
  const y = evaluate(f, x);
  return x.reduce((top, value, i) => {
    const expected = exact(value);
    return Number.isFinite(value) && counts(expected) ? Math.max(top, ulps(y[i]!, expected)) : top;
  }, 0);
}

const one = (f: Function32, x: number): number => evaluate(f, Float32Array.of(x, x, x, x))[0]!;

describe('tanh', () => {
  it('is within 6 ulp and 4e-7', () => {
    const x = grid(-12, 12);
    expect(worst(tanh, x, Math.tanh, () => true)).toBeLessThanOrEqual(6);
    const y = evaluate(tanh, x);
    expect(x.findIndex((value, i) => Math.abs(y[i]! - Math.tanh(value)) >= 4e-7)).toBe(-1);
  });
  it('keeps the sign of zero, denormals, infinities and NaN', () => {
    expect(one(tanh, -0)).toBe(-0);
    expect(one(tanh, Math.fround(1e-45))).toBe(Math.fround(1e-45));
    expect(one(tanh, Infinity)).toBeCloseTo(1, 6);
    expect(one(tanh, -Infinity)).toBeCloseTo(-1, 6);
    expect(one(tanh, NaN)).toBeNaN();
  });
});

describe('exponential', () => {
  it('is within 1.5 ulp wherever the result is no denormal', () => {
    const normal = (y: number): boolean => y > 2.4e-38 && y < 3.4028235e38;
    expect(worst(exponential, grid(-90, 90), Math.exp, normal)).toBeLessThanOrEqual(1.5);
    expect(worst(exponential, grid(-1, 1), Math.exp, normal)).toBeLessThanOrEqual(1.5);
    expect(worst(exponential, grid(88, 88.9), Math.exp, normal)).toBeLessThanOrEqual(1.5);
  });
  it('has sensible ends', () => {
    expect(one(exponential, 0)).toBe(1);
    expect(one(exponential, Infinity)).toBe(Infinity);
    expect(one(exponential, 89)).toBe(Infinity);
    expect(one(exponential, -87.5)).toBe(0);
    expect(one(exponential, -Infinity)).toBe(0);
    expect(one(exponential, NaN)).toBeNaN();
  });
  it('makes no denormals', () => {
    expect(evaluate(exponential, grid(-100, -80)).find((y) => y !== 0 && Math.abs(y) < 1.1754944e-38)).toBe(undefined);
  });
});

describe('logarithm', () => {
  it('is within 1 ulp, denormals included', () => {
    expect(worst(logarithm, grid(1e-3, 4), Math.log, Number.isFinite)).toBeLessThanOrEqual(1);
    expect(worst(logarithm, grid(1, 1e6), Math.log, Number.isFinite)).toBeLessThanOrEqual(1);
    expect(worst(logarithm, grid(1e-45, 1e-38), Math.log, Number.isFinite)).toBeLessThanOrEqual(1);
  });
  it('has sensible ends', () => {
    expect(one(logarithm, 0)).toBe(-Infinity);
    expect(one(logarithm, -0)).toBe(-Infinity);
    expect(one(logarithm, -1)).toBeNaN();
    expect(one(logarithm, -Infinity)).toBeNaN();
    expect(one(logarithm, Infinity)).toBe(Infinity);
    expect(one(logarithm, 1)).toBe(0);
    expect(one(logarithm, NaN)).toBeNaN();
  });
});

describe('sigmoid and softplus', () => {
  const normal = (y: number): boolean => y > 2.4e-38 && y < 3e38;
  it('are within 3 ulp', () => {
    expect(worst(sigmoid, grid(-86, 40), (x) => 1 / (1 + Math.exp(-x)), normal)).toBeLessThanOrEqual(3);
    const exact = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    expect(worst(softplus, grid(-86, 90), exact, normal)).toBeLessThanOrEqual(3);
  });
  it('have sensible ends', () => {
    expect([one(sigmoid, Infinity), one(sigmoid, -Infinity), one(sigmoid, 0)]).toEqual([1, 0, 0.5]);
    expect([one(softplus, Infinity), one(softplus, -Infinity)]).toEqual([Infinity, 0]);
    expect(one(sigmoid, NaN)).toBeNaN();
    expect(one(softplus, NaN)).toBeNaN();
  });
});

describe('sine and cosine', () => {
  const sine: Function32 = (fn, ops, x) => sineCosine(fn, ops, x).sine;
  const cosine: Function32 = (fn, ops, x) => sineCosine(fn, ops, x).cosine;
  const error = (f: Function32, x: Float32Array, exact: (x: number) => number): number => {
    const y = evaluate(f, x);
    return x.reduce(
      (top, value, i) => (Math.abs(value) <= 8192 ? Math.max(top, Math.abs(y[i]! - exact(value))) : top),
      0,
    );
  };
  it('are within 1e-7', () => {
    for (const [low, high] of [
      [-10, 10],
      [-8192, 8192],
    ] as const) {
      expect(error(sine, grid(low, high), Math.sin)).toBeLessThan(1e-7);
      expect(error(cosine, grid(low, high), Math.cos)).toBeLessThan(1e-7);
    }
    const half: Function32 = (fn, ops, x) => halfAngleSineCosine(fn, ops, x).sine;
    expect(error(half, grid(-7, 7), (x) => Math.sin(x / 2))).toBeLessThan(1e-7);
  });
  it('stay bounded beyond, and pass NaN on', () => {
    for (const x of [1e6, -3e38, Infinity, -Infinity]) {
      expect(Math.abs(one(sine, x))).toBeLessThanOrEqual(1);
      expect(Math.abs(one(cosine, x))).toBeLessThanOrEqual(1);
    }
    expect(one(sine, NaN)).toBeNaN();
    expect(one(cosine, NaN)).toBeNaN();
    expect(Math.abs(one(sine, -0))).toBe(0);
  });
  it('are within 2.3e-16 in float64, the same in both backends', () => {
    const x = Float64Array.from({ length: 20000 }, (_, i) => (i - 10000) * 0.37 + i * 1e-7);
    const bytes = x.length * 8;
    const memory = new Uint8Array(bytes * 3);
    memory.set(new Uint8Array(x.buffer));
    const code = kernel((fn) => {
      fn.loop(0, fn.parameter<'i32'>(0), 16, (at) => {
        const both = sineCosine(fn, fn.f64, fn.f64.load(at));
        fn.store(at, bytes, both.sine);
        fn.store(at, 2 * bytes, both.cosine);
      });
    });
    const { wasm, javascript } = runBoth([code], 'kernel', bytes, memory);
    const [a, b] = [new Float64Array(wasm), new Float64Array(javascript)];
    let largest = 0;
    x.forEach((value, i) => {
      for (const [part, exact] of [
        [1, Math.sin(value)],
        [2, Math.cos(value)],
      ] as const) {
        const at = part * x.length + i;
        if (!Object.is(a[at], b[at])) throw new Error(`backends differ at ${value}`);
        largest = Math.max(largest, Math.abs(a[at]! - exact));
      }
    });
    expect(largest).toBeLessThan(2.3e-16);
  });
});
