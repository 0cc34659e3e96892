import { describe, expect, it } from '@jest/globals';
import { createRng } from '../../../core/random.js';
import { symmetricEigenvalues } from '../../../plugins/measures/symmetric-eigenvalues.js';

describe('eigenvalues of symmetric matrices', () => {
  it('of the second difference are 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 9;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    symmetricEigenvalues(matrix, n).forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12);
    });
  });

  it('keep trace and sum of squares, whatever the matrix', () => {
    const rng = createRng(3);
    for (const n of [1, 2, 7, 20]) {
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = rng.normal();
      const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce((a, b) => a + b, 0);
      const squares = matrix.reduce((sum, value) => sum + value * value, 0);
      const values = symmetricEigenvalues(matrix, n);
      expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(trace, 10);
      expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(squares, 9);
    }
  });

  it('of the zero matrix are zero', () => {
    expect([...symmetricEigenvalues(new Float64Array(9), 3)]).toEqual([0, 0, 0]);
  });
});
