/**
 * Eigenvalues of a symmetric matrix in float64, in rising order: cyclic Jacobi rotations (Golub and Van Loan, "Matrix
 * computations", section 8.5), until what is off the diagonal is below the rounding of the largest entry.
 * @param matrix row by row, n x n; destroyed
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const scale = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const small = scale * 1e-15;
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(matrix[p * n + q]!) <= small) continue;
        rotate(matrix, n, p, q);
        rotated = true;
      }
    }
    if (!rotated) break;
  }
  return Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!).sort();
}

/** Makes entry (p, q) zero. */
function rotate(matrix: Float64Array, n: number, p: number, q: number): void {
  const pq = matrix[p * n + q]!;
  const ratio = (matrix[q * n + q]! - matrix[p * n + p]!) / (2 * pq);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const left = matrix[k * n + p]!;
    const right = matrix[k * n + q]!;
    matrix[k * n + p] = cosine * left - sine * right;
    matrix[k * n + q] = sine * left + cosine * right;
  }
  for (let k = 0; k < n; k++) {
    const upper = matrix[p * n + k]!;
    const lower = matrix[q * n + k]!;
    matrix[p * n + k] = cosine * upper - sine * lower;
    matrix[q * n + k] = sine * upper + cosine * lower;
  }
  matrix[p * n + q] = 0;
  matrix[q * n + p] = 0;
}
