import type { Expression } from '../expression.js';
import type { FunctionBuilder, VectorOperations } from '../function-builder.js';
import { polynomial } from './polynomial.js';

const smallestNormal = 1.1754943508222875e-38;
const twoTo23 = 8388608;
/** ln 2 in two parts and coefficients: Cephes 2.2 logf (Moshier 1992). */
const ln2High = 0.693359375;
const ln2Low = -2.1219444e-4;
const coefficients = [
  3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1, -1.2420140846e-1,
  1.167699874e-1, -1.151461031e-1, 7.0376836292e-2,
];

/**
 * Natural logarithm of float32 lanes. Error below 1 ulp, denormals included; 0 gives -infinity, negative numbers and
 * NaN give NaN, infinity itself.
 */
export function logarithm(
  fn: FunctionBuilder,
  ops: VectorOperations<'f32x4'>,
  x: Expression<'f32x4'>,
): Expression<'f32x4'> {
  const given = fn.let(x);
  const tiny = fn.let(ops.less(given, ops.constant(smallestNormal)));
  const scaled = fn.let(ops.asIntegers(ops.select(tiny, ops.multiply(given, ops.constant(twoTo23)), given)));
  const exponent = fn.let(
    ops.toFloat(ops.integer('subtract', ops.shift('shift-right-unsigned', scaled, 23), ops.integerConstant(126))),
  );
  fn.set(exponent, ops.subtract(exponent, ops.keepWhere(tiny, ops.constant(23))));
  // Mantissa m in [1/2, 1), then m - 1 or 2 m - 1, whichever is nearer to 0.
  const m = fn.let(
    ops.fromBits(
      ops.integer('or', ops.integer('and', scaled, ops.integerConstant(0x7fffff)), ops.integerConstant(0x3f000000)),
    ),
  );
  const small = fn.let(ops.less(m, ops.constant(Math.SQRT1_2)));
  fn.set(exponent, ops.subtract(exponent, ops.keepWhere(small, ops.constant(1))));
  fn.set(m, ops.subtract(ops.add(m, ops.keepWhere(small, m)), ops.constant(1)));
  const square = fn.let(ops.multiply(m, m));
  const tail = fn.let(ops.multiply(ops.multiply(polynomial(fn, ops, m, coefficients), m), square));
  fn.set(tail, ops.multiplyAdd(exponent, ops.constant(ln2Low), tail));
  fn.set(tail, ops.negativeMultiplyAdd(square, ops.constant(0.5), tail));
  const finite = ops.multiplyAdd(exponent, ops.constant(ln2High), ops.add(m, tail));
  const positive = ops.select(ops.less(given, ops.constant(Infinity)), finite, given);
  // 0 / 0 for negative x, -1 / 0 for x = 0.
  const notPositive = ops.divide(
    ops.select(ops.less(given, ops.constant(0)), ops.constant(0), ops.constant(-1)),
    ops.constant(0),
  );
  return ops.select(ops.lessEqual(given, ops.constant(0)), notPositive, positive);
}
