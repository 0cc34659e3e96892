import type { Expression } from '../expression.js';
import type { FunctionBuilder, VectorOperations } from '../function-builder.js';
import { exponential } from './exponential.js';
import { logarithm } from './logarithm.js';

/** 1 / (1 + e^-x) of float32 lanes. Error below 3 ulp; 0 where the result is under 2^-128; NaN gives NaN. */
export function sigmoid(
  fn: FunctionBuilder,
  ops: VectorOperations<'f32x4'>,
  x: Expression<'f32x4'>,
): Expression<'f32x4'> {
  return ops.divide(ops.constant(1), ops.add(exponential(fn, ops, ops.negate(x)), ops.constant(1)));
}

/**
 * ln(1 + e^x) of float32 lanes as max(x, 0) + ln(1 + e^-|x|), the second term with the correction of its rounded sum
 * (Kahan; Goldberg 1991, "What every computer scientist should know about floating-point arithmetic", theorem 4).
 * Error below 3 ulp; results under 2^-125 are 0; NaN gives NaN.
 */
export function softplus(
  fn: FunctionBuilder,
  ops: VectorOperations<'f32x4'>,
  x: Expression<'f32x4'>,
): Expression<'f32x4'> {
  const given = fn.let(x);
  const small = fn.let(exponential(fn, ops, ops.negate(ops.abs(given))));
  const sum = fn.let(ops.add(ops.constant(1), small));
  const rounding = ops.subtract(ops.subtract(sum, ops.constant(1)), small);
  const tail = ops.subtract(logarithm(fn, ops, sum), ops.divide(rounding, sum));
  return ops.add(ops.maximum(given, ops.constant(0)), tail);
}
