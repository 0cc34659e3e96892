/**
 * Matrix products of a dense layer in plain TypeScript, as fast as careful hand-tuning gets them: float64 (float32 costs
 * conversions in scalar code), 4 x 2 results per tile in local variables, all inner loops over contiguous memory.
 * Layouts: weights [rows][depth + 1] with the bias last, activations [sample][row].
 */
export interface MatrixShape {
  readonly rows: number;
  readonly depth: number;
}

/** y = weights [x; 1] */
export function affineForward(
  { rows, depth }: MatrixShape,
  weights: Float64Array,
  x: Float64Array,
  y: Float64Array,
  samples: number,
): void {
  const width = depth + 1;
  for (let sample = 0; sample + 1 < samples; sample += 2) {
    const x0 = sample * depth;
    const x1 = x0 + depth;
    const y0 = sample * rows;
    const y1 = y0 + rows;
    let row = 0;
    for (; row + 3 < rows; row += 4) {
      const w0 = row * width;
      const w1 = w0 + width;
      const w2 = w1 + width;
      const w3 = w2 + width;
      let a0 = weights[w0 + depth]!;
      let a1 = weights[w1 + depth]!;
      let a2 = weights[w2 + depth]!;
      let a3 = weights[w3 + depth]!;
      let b0 = a0;
      let b1 = a1;
      let b2 = a2;
      let b3 = a3;
      for (let k = 0; k < depth; k++) {
        const left = x[x0 + k]!;
        const right = x[x1 + k]!;
        const v0 = weights[w0 + k]!;
        const v1 = weights[w1 + k]!;
        const v2 = weights[w2 + k]!;
        const v3 = weights[w3 + k]!;
        a0 += v0 * left;
        b0 += v0 * right;
        a1 += v1 * left;
        b1 += v1 * right;
        a2 += v2 * left;
        b2 += v2 * right;
        a3 += v3 * left;
        b3 += v3 * right;
      }
      y[y0 + row] = a0;
      y[y0 + row + 1] = a1;
      y[y0 + row + 2] = a2;
      y[y0 + row + 3] = a3;
      y[y1 + row] = b0;
      y[y1 + row + 1] = b1;
      y[y1 + row + 2] = b2;
      y[y1 + row + 3] = b3;
    }
    for (; row < rows; row++) {
      const w = row * width;
      let a = weights[w + depth]!;
      let b = a;
      for (let k = 0; k < depth; k++) {
        const v = weights[w + k]!;
        a += v * x[x0 + k]!;
        b += v * x[x1 + k]!;
      }
      y[y0 + row] = a;
      y[y1 + row] = b;
    }
  }
}

/** dx += weights^T dy, without the bias */
export function affineInputGradient(
  { rows, depth }: MatrixShape,
  weights: Float64Array,
  dy: Float64Array,
  dx: Float64Array,
  samples: number,
): void {
  const width = depth + 1;
  for (let sample = 0; sample + 1 < samples; sample += 2) {
    const x0 = sample * depth;
    const x1 = x0 + depth;
    const y0 = sample * rows;
    const y1 = y0 + rows;
    let k = 0;
    for (; k + 3 < depth; k += 4) {
      let a0 = dx[x0 + k]!;
      let a1 = dx[x0 + k + 1]!;
      let a2 = dx[x0 + k + 2]!;
      let a3 = dx[x0 + k + 3]!;
      let b0 = dx[x1 + k]!;
      let b1 = dx[x1 + k + 1]!;
      let b2 = dx[x1 + k + 2]!;
      let b3 = dx[x1 + k + 3]!;
      for (let row = 0, w = k; row < rows; row++, w += width) {
        const left = dy[y0 + row]!;
        const right = dy[y1 + row]!;
        const v0 = weights[w]!;
        const v1 = weights[w + 1]!;
        const v2 = weights[w + 2]!;
        const v3 = weights[w + 3]!;
        a0 += v0 * left;
        b0 += v0 * right;
        a1 += v1 * left;
        b1 += v1 * right;
        a2 += v2 * left;
        b2 += v2 * right;
        a3 += v3 * left;
        b3 += v3 * right;
      }
      dx[x0 + k] = a0;
      dx[x0 + k + 1] = a1;
      dx[x0 + k + 2] = a2;
      dx[x0 + k + 3] = a3;
      dx[x1 + k] = b0;
      dx[x1 + k + 1] = b1;
      dx[x1 + k + 2] = b2;
      dx[x1 + k + 3] = b3;
    }
    for (; k < depth; k++) {
      let a = dx[x0 + k]!;
      let b = dx[x1 + k]!;
      for (let row = 0, w = k; row < rows; row++, w += width) {
        a += weights[w]! * dy[y0 + row]!;
        b += weights[w]! * dy[y1 + row]!;
      }
      dx[x0 + k] = a;
      dx[x1 + k] = b;
    }
  }
}

/** gradients += dy [x; 1]^T */
export function affineWeightGradient(
  { rows, depth }: MatrixShape,
  gradients: Float64Array,
  x: Float64Array,
  dy: Float64Array,
  samples: number,
): void {
  const width = depth + 1;
  for (let row = 0; row < rows; row++) {
    let bias = 0;
    for (let sample = 0; sample < samples; sample++) bias += dy[sample * rows + row]!;
    gradients[row * width + depth]! += bias;
  }
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    let k = 0;
    for (; k + 1 < depth; k += 2) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      for (let sample = 0, p = k, q = row; sample < samples; sample++, p += depth, q += rows) {
        const left = x[p]!;
        const right = x[p + 1]!;
        const d0 = dy[q]!;
        const d1 = dy[q + 1]!;
        const d2 = dy[q + 2]!;
        const d3 = dy[q + 3]!;
        a0 += d0 * left;
        b0 += d0 * right;
        a1 += d1 * left;
        b1 += d1 * right;
        a2 += d2 * left;
        b2 += d2 * right;
        a3 += d3 * left;
        b3 += d3 * right;
      }
      const g = row * width + k;
      gradients[g]! += a0;
      gradients[g + 1]! += b0;
      gradients[g + width]! += a1;
      gradients[g + width + 1]! += b1;
      gradients[g + 2 * width]! += a2;
      gradients[g + 2 * width + 1]! += b2;
      gradients[g + 3 * width]! += a3;
      gradients[g + 3 * width + 1]! += b3;
    }
    for (; k < depth; k++) for (let r = row; r < row + 4; r++) addOne(r, k);
  }
  for (; row < rows; row++) for (let k = 0; k < depth; k++) addOne(row, k);

  function addOne(r: number, k: number): void {
    let sum = 0;
    for (let sample = 0; sample < samples; sample++) sum += dy[sample * rows + r]! * x[sample * depth + k]!;
    gradients[r * width + k]! += sum;
  }
}
