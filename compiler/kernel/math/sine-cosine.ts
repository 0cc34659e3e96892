import type { Expression, FloatVector } from '../expression.js';
import type { FunctionBuilder, IntegersOf, VectorOperations } from '../function-builder.js';
import { polynomial } from './polynomial.js';

export interface SineCosine<V extends FloatVector> {
  readonly sine: Expression<V>;
  readonly cosine: Expression<V>;
}

interface Method {
  /** 1.5 * 2^23 or 2^52: adding it rounds to an integer that the low bits of the sum hold. */
  readonly roundingConstant: number;
  /** pi/2 in parts; multiples of the leading ones are exact. */
  readonly halfPi: readonly number[];
  /** sin r = r + r^3 S(r^2), cos r = 1 - r^2 / 2 + r^4 C(r^2) for |r| <= pi/4. */
  readonly sine: readonly number[];
  readonly cosine: readonly number[];
  readonly bound: number;
}

const methods: Readonly<Record<FloatVector, Method>> = {
  // Cephes 2.2 sinf and cosf (Moshier 1992).
  f32x4: {
    roundingConstant: 12582912,
    halfPi: [1.5703125, 4.837512969970703e-4, 7.549789948768648e-8],
    sine: [-1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4],
    cosine: [4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5],
    bound: 1e5,
  },
  // fdlibm 5.3 k_sin, k_cos, e_rem_pio2 (Sun Microsystems 1993).
  f64x2: {
    roundingConstant: 6755399441055744,
    halfPi: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21],
    sine: [
      -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
      -2.50507602534068634195e-8, 1.58969099521155010221e-10,
    ],
    cosine: [
      4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
      2.0875723212981748279e-9, -1.13596475577881948265e-11,
    ],
    bound: 1e6,
  },
};

/**
 * Sine and cosine of angles in radians. Absolute error below 1e-7 (f32x4, |x| <= 8192) or 2.3e-16 (f64x2, |x| <= 1e5);
 * angles beyond 1e5 (1e6), infinities included, are taken as that bound; NaN gives NaN. Both results are locals.
 */
export function sineCosine<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  x: Expression<V>,
): SineCosine<V> {
  const { roundingConstant, halfPi, bound } = methods[ops.type];
  const r = fn.let(ops.minimum(ops.maximum(x, ops.constant(-bound)), ops.constant(bound)));
  const magic = fn.let(ops.multiplyAdd(r, ops.constant(2 / Math.PI), ops.constant(roundingConstant)));
  const quarters = fn.let(ops.subtract(magic, ops.constant(roundingConstant)));
  for (const part of halfPi) fn.set(r, ops.negativeMultiplyAdd(quarters, ops.constant(part), r));
  return sineCosineOfRest(fn, ops, r, ops.asIntegers(magic));
}

/**
 * Sine and cosine of a rest of at most pi/4 beyond `quarters` right angles, for an angle that was reduced elsewhere, such as in float64.
 * Of `quarters` the two lowest bits count. `rest` is read more than once: pass a local. Both results are locals.
 */
export function sineCosineOfRest<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  rest: Expression<V>,
  quarters: Expression<IntegersOf<V>>,
): SineCosine<V> {
  const { sine: sineOfRest, cosine: cosineOfRest } = smallSineCosine(fn, ops, rest);
  // Quadrant q: odd quadrants swap the two; bit 1 of q negates the sine, bit 1 of q + 1 the cosine.
  const width = ops.elementBytes * 8;
  const quadrant = fn.let(quarters);
  const odd = ops.integer('and', quadrant, ops.integerConstant(1));
  const swapped = fn.let(ops.integer('subtract', ops.integerConstant(0), odd));
  const sign = (bits: Expression<IntegersOf<V>>): Expression<IntegersOf<V>> =>
    ops.shift('shift-left', ops.shift('shift-right-unsigned', bits, 1), width - 1);
  const negate = (value: Expression<V>, bits: Expression<IntegersOf<V>>): Expression<V> =>
    ops.fromBits(ops.integer('xor', ops.asIntegers(value), sign(bits)));
  return {
    sine: fn.let(negate(ops.select(swapped, cosineOfRest, sineOfRest), quadrant)),
    cosine: fn.let(
      negate(ops.select(swapped, sineOfRest, cosineOfRest), ops.integer('add', quadrant, ops.integerConstant(1))),
    ),
  };
}

/** Sine and cosine of an angle of at most pi/4, which is read more than once: pass a local. Both results are locals. */
export function smallSineCosine<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  angle: Expression<V>,
): SineCosine<V> {
  const { sine, cosine } = methods[ops.type];
  const square = fn.let(ops.multiply(angle, angle));
  const sineTail = polynomial(fn, ops, square, sine);
  const cosineTail = polynomial(fn, ops, square, cosine);
  const head = fn.let(ops.negativeMultiplyAdd(square, ops.constant(0.5), ops.constant(1)));
  return {
    sine: fn.let(ops.multiplyAdd(ops.multiply(square, sineTail), angle, angle)),
    cosine: fn.let(ops.multiplyAdd(ops.multiply(square, square), cosineTail, head)),
  };
}

/** Sine and cosine of x / 2, the entries of a qubit's rotation by x. Accuracy as for {@link sineCosine} at x / 2. */
export function halfAngleSineCosine<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  x: Expression<V>,
): SineCosine<V> {
  return sineCosine(fn, ops, ops.multiply(x, ops.constant(0.5)));
}
