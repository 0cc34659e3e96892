import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HqnasError } from '../../../core/errors.js';
import { hypervolume } from '../../../core/search/hypervolume.js';

const minimised = (points: readonly (readonly number[])[]): number[][] =>
  points.map((point) => point.map((value) => -value));
const filled = (length: number, value: number): number[] => Array.from({ length }, () => value);
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return error instanceof HqnasError ? error.code : String(error);
  }
  return undefined;
};

describe('hypervolume', () => {
  it.each([1, 2, 3, 5, 10, 30])('of a line of %i points with two objectives', (n) => {
    const points = Array.from({ length: n }, (_, i) => [i, n - 1 - i]);
    expect(hypervolume(minimised(points), [-n, -n])).toBe(n * n - (n * (n - 1)) / 2);
  });

  it.each([1, 2, 3, 5, 10])('of all points with sum n - 1 = %i - 1 and three objectives', (n) => {
    const points = Array.from({ length: n * n }, (_, i) => [Math.floor(i / n), i % n])
      .filter(([a, b]) => a! + b! <= n - 1)
      .map(([a, b]) => [a!, b!, n - 1 - a! - b!]);
    expect(hypervolume(minimised(points), [-n, -n, -n])).toBe(n ** 3 - ((n - 1) * n * (n + 1)) / 6);
  });

  it('is 6 and 23 for n = 3', () => {
    expect(
      hypervolume(
        [
          [3, 1],
          [2, 2],
          [1, 3],
        ],
        [0, 0],
      ),
    ).toBe(6);
    expect(3 ** 3 - (2 * 3 * 4) / 6).toBe(23);
  });

  it.each([2, 3, 4, 5, 6])('of %i unit points', (m) => {
    const points = Array.from({ length: m }, (_, i) => filled(m, 0).with(i, 1));
    expect(hypervolume(minimised(points), filled(m, -10))).toBe(10 ** m - 1);
  });

  it('approaches the area under the front of ZDT1', () => {
    // 120 + 2/3 in the limit; 16 points equally spaced in f1 give 120.630.
    const points = Array.from({ length: 16 }, (_, i) => [i / 15, 1 - Math.sqrt(i / 15)]);
    expect(hypervolume(minimised(points), [-11, -11])).toBeCloseTo(120.63, 3);
    const many = Array.from({ length: 2001 }, (_, i) => [i / 2000, 1 - Math.sqrt(i / 2000)]);
    expect(hypervolume(minimised(many), [-11, -11])).toBeCloseTo(120 + 2 / 3, 3);
  });

  it('is zero for no points, infinite for an infinite reference, and refuses what has no volume', () => {
    expect(hypervolume([], [0, 0])).toBe(0);
    expect(hypervolume([[1, 1]], [-Infinity, 0])).toBe(Infinity);
    expect(codeOf(() => hypervolume([[1, -1]], [0, 0]))).toBe('invalid-reference-point');
    expect(codeOf(() => hypervolume([[1, 1]], [NaN, 0]))).toBe('invalid-reference-point');
    expect(codeOf(() => hypervolume([[1, NaN]], [0, 0]))).toBe('invalid-reference-point');
    expect(codeOf(() => hypervolume([[1]], [0, 0]))).toBe('invalid-reference-point');
  });

  it('counts the unit cells that are dominated, whatever is repeated, dominated or in whatever order', () => {
    const sets = fc.integer({ min: 1, max: 4 }).chain((m) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: m, maxLength: m }), {
        minLength: 1,
        maxLength: 12,
      }),
    );
    fc.assert(
      fc.property(sets, (points) => {
        const m = points[0]!.length;
        let cells = 0;
        for (let cell = 0; cell < 4 ** m; cell++) {
          const corner = filled(m, 0).map((_, axis) => Math.floor(cell / 4 ** axis) % 4);
          if (points.some((point) => point.every((value, axis) => value > corner[axis]!))) cells++;
        }
        expect(hypervolume(points, filled(m, 0))).toBe(cells);
        expect(hypervolume([...points, ...points].reverse(), filled(m, 0))).toBe(cells);
      }),
    );
  });
});
