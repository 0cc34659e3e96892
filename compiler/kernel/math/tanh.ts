import type { Expression } from '../expression.js';
import type { FunctionBuilder, VectorOperations } from '../function-builder.js';
import { polynomial } from './polynomial.js';

const numerator = [1, 1.3402161e-1, 3.520756727e-3, 2.10273356e-5, 1.394553628e-8];
const denominator = [1, 4.67354834e-1, 2.597254514e-2, 3.326951409e-4, 8.015776984e-7];
/** Where the rational function reaches 1 in float32. */
const bound = 7.905311107635498;

/**
 * Hyperbolic tangent of float32 lanes as x P(x^2) / Q(x^2), both of degree 4 (own least-maximum fit), for |x| <= 7.905
 * and constant beyond. Error at most 6 ulp and 4e-7 absolute; odd, exact at 0 and for denormals; NaN gives NaN.
 */
export function tanh(fn: FunctionBuilder, ops: VectorOperations<'f32x4'>, x: Expression<'f32x4'>): Expression<'f32x4'> {
  const clamped = fn.let(ops.minimum(ops.maximum(x, ops.constant(-bound)), ops.constant(bound)));
  const square = fn.let(ops.multiply(clamped, clamped));
  const top = ops.multiply(clamped, polynomial(fn, ops, square, numerator));
  return ops.divide(top, polynomial(fn, ops, square, denominator));
}
