import type { Expression } from '../expression.js';
import type { FunctionBuilder, VectorOperations } from '../function-builder.js';
import { polynomial } from './polynomial.js';

/** Adding 1.5 * 2^23 rounds a float32 to an integer that the low bits of the sum hold. */
const roundingConstant = 12582912;
/** ln 2 in two parts; multiples of the first are exact. Cephes 2.2 expf (Moshier 1992), like the coefficients. */
const ln2High = 0.693359375;
const ln2Low = -2.1219444e-4;
const coefficients = [
  5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.98756915e-4,
];
/** Below, results under 2^-125 become 0, so that no denormals arise. */
const lowest = -86.6433;
const highest = 89;

/**
 * e to the power x for float32 lanes. Error below 1.5 ulp; results under 2.4e-38 are 0, above the largest float32
 * infinite; NaN gives NaN.
 */
export function exponential(
  fn: FunctionBuilder,
  ops: VectorOperations<'f32x4'>,
  x: Expression<'f32x4'>,
): Expression<'f32x4'> {
  const given = fn.let(x);
  const clamped = fn.let(ops.minimum(ops.maximum(given, ops.constant(lowest)), ops.constant(highest)));
  const magic = fn.let(ops.multiplyAdd(clamped, ops.constant(Math.LOG2E), ops.constant(roundingConstant)));
  const power = fn.let(ops.subtract(magic, ops.constant(roundingConstant)));
  const r = fn.let(ops.negativeMultiplyAdd(power, ops.constant(ln2High), clamped));
  fn.set(r, ops.negativeMultiplyAdd(power, ops.constant(ln2Low), r));
  const tail = polynomial(fn, ops, r, coefficients);
  const mantissa = ops.add(ops.multiplyAdd(ops.multiply(r, r), tail, r), ops.constant(1));
  // 2^(power - 1), then doubled: 2^128 itself is no float32.
  const half = ops.fromBits(
    ops.integer('add', ops.shift('shift-left', ops.asIntegers(magic), 23), ops.integerConstant(0x3f000000)),
  );
  const result = ops.multiply(ops.multiply(mantissa, half), ops.constant(2));
  return ops.select(ops.less(given, ops.constant(lowest)), ops.constant(0), result);
}
