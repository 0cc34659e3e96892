import type { Rng } from '../core/random.js';
import type { Initializer } from './graph.js';

/**
 * Weights of an affine op, [rows, depth + 1]: a random matrix with orthonormal rows or columns, whichever are fewer,
 * times `gain`; the last column, the bias, is 0. Saxe, McClelland and Ganguli 2014, arXiv 1312.6120; uniform over the
 * orthogonal group by the signs of R's diagonal (Mezzadri 2007, arXiv math-ph/0609050), as torch.nn.init.orthogonal_.
 */
export function orthogonal(gain = 1): Initializer {
  return (values, shape, rng) => {
    const rows = shape[0]!;
    const columns = values.length / rows;
    const depth = columns - 1;
    const [length, count] = rows >= depth ? [rows, depth] : [depth, rows];
    const basis = orthonormalVectors(length, count, rng);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < depth; c++) {
        values[r * columns + c] = gain * (rows >= depth ? basis[c]![r]! : basis[r]![c]!);
      }
      values[r * columns + depth] = 0;
    }
  };
}

/** Uniform in [low, high). */
export function uniform(low: number, high: number): Initializer {
  return (values, _shape, rng) => {
    for (let i = 0; i < values.length; i++) values[i] = rng.uniform(low, high);
  };
}

/** Normal with mean 0. */
export function normal(deviation: number): Initializer {
  return (values, _shape, rng) => {
    for (let i = 0; i < values.length; i++) values[i] = deviation * rng.normal();
  };
}

/** Every entry has the same value. */
export function constant(value: number): Initializer {
  return (values) => void values.fill(value);
}

/**
 * `count` <= `length` orthonormal vectors by modified Gram-Schmidt with reorthogonalization over normal draws: the
 * columns of Q with the diagonal of R positive, which makes Q uniform without further sign changes.
 */
function orthonormalVectors(length: number, count: number, rng: Rng): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const projection = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i]! -= projection * other[i]!;
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    // A draw within rounding error of the span of the others is drawn again.
    if (norm < 1e-8) continue;
    for (let i = 0; i < length; i++) vector[i]! /= norm;
    vectors.push(vector);
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
