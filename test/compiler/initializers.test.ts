import { describe, expect, it } from '@jest/globals';
import { constant, normal, orthogonal, uniform } from '../../compiler/index.js';
import { createRng } from '../../core/random.js';

function draw(shape: readonly [number, number], gain: number, seed = 1): number[][] {
  const values = new Float64Array(shape[0] * shape[1]);
  orthogonal(gain)(values, shape, createRng(seed));
  return Array.from({ length: shape[0] }, (_, r) => [...values.slice(r * shape[1], (r + 1) * shape[1])]);
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('orthogonal', () => {
  for (const [rows, depth] of [
    [3, 7],
    [7, 3],
    [5, 5],
    [1, 4],
    [4, 1],
  ] as const) {
    it(`gives ${rows} x ${depth} weights with orthonormal rows or columns and no bias`, () => {
      const matrix = draw([rows, depth + 1], 1.5);
      expect(matrix.map((row) => row[depth])).toEqual(Array(rows).fill(0));
      const lines =
        rows <= depth
          ? matrix.map((row) => row.slice(0, depth))
          : Array.from({ length: depth }, (_, c) => matrix.map((row) => row[c]!));
      lines.forEach((a, i) => {
        lines.forEach((b, j) => {
          expect(dot(a, b)).toBeCloseTo(i === j ? 2.25 : 0, 12);
        });
      });
    });
  }
  it('depends on the stream alone', () => {
    expect(draw([4, 4], 1, 7)).toEqual(draw([4, 4], 1, 7));
    expect(draw([4, 4], 1, 7)).not.toEqual(draw([4, 4], 1, 8));
  });
  it('has no preferred sign', () => {
    const entries = Array.from({ length: 400 }, (_, seed) => draw([2, 3], 1, seed)[0]![0]!);
    const mean = entries.reduce((sum, value) => sum + value, 0) / entries.length;
    expect(Math.abs(mean)).toBeLessThan(0.12);
  });
});

it('uniform, normal and constant fill all values', () => {
  const values = new Float64Array(1000);
  uniform(-2, -1)(values, [1000], createRng(1));
  expect(values.every((value) => value >= -2 && value < -1)).toBe(true);
  normal(3)(values, [1000], createRng(1));
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / 1000);
  expect(Math.abs(deviation - 3)).toBeLessThan(0.3);
  constant(0.25)(values, [1000], createRng(1));
  expect(values.every((value) => value === 0.25)).toBe(true);
});
