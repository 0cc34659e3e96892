/**
 * Elementary functions in float64 that give the same bits on every JavaScript engine: only + - * / and sqrt are exact
 * by the language's specification, Math.sin, Math.log and the like are not. Method and coefficients: fdlibm 5.3
 * (Sun Microsystems, 1993: e_rem_pio2, e_log, e_exp), with kernels of sine and cosine of its own; errors below 1 ulp,
 * stated at each function.
 */

const bits = new DataView(new ArrayBuffer(8));

/** First 33 bits of pi/2, the next 33, and the rest: x - n * part is exact for |n| < 2^20. */
const HALF_PI_1 = 1.57079632673412561417;
const HALF_PI_2 = 6.0771005063039659766e-11;
const HALF_PI_3 = 2.0222662487111664558e-21;
const HALF_PI_3_TAIL = 8.47842766036889956997e-32;
const QUARTER_PI = 7.85398163397448278999e-1;

/** Sine of an angle in radians. Error < 0.55 ulp for |x| <= 1.6e6; beyond, x is first taken modulo the double nearest 2 pi. */
export function sine(x: number): number {
  if (Math.abs(x) <= QUARTER_PI) return kernelSine(x, 0);
  const quadrant = reduce(x);
  const value = (quadrant & 1) === 0 ? kernelSine(reduced, reducedTail) : kernelCosine(reduced, reducedTail);
  return (quadrant & 2) === 0 ? value : -value;
}

/** Cosine of an angle in radians. Error as for {@link sine}. */
export function cosine(x: number): number {
  if (Math.abs(x) <= QUARTER_PI) return kernelCosine(x, 0);
  const quadrant = reduce(x);
  const value = (quadrant & 1) === 0 ? kernelCosine(reduced, reducedTail) : kernelSine(reduced, reducedTail);
  return ((quadrant + 1) & 2) === 0 ? value : -value;
}

/** Natural logarithm. Error < 1 ulp; log(0) = -Infinity, NaN for negative x. */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    exponent = -54;
  }
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  // Scale x to 1 + f in [sqrt(2)/2, sqrt(2)).
  const mantissa = high & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  exponent += (high >>> 20) - 1023 + (carry >>> 20);
  bits.setUint32(0, mantissa | (carry ^ 0x3ff00000));
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const halfSquare = 0.5 * f * f;
  const correction = s * (halfSquare + (even + odd));
  if (exponent === 0) return f - (halfSquare - correction);
  return exponent * 6.9314718036912381649e-1 - (halfSquare - (correction + exponent * 1.90821492927058770002e-10) - f);
}

/** e to the power x. Error < 1 ulp. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const n = Math.abs(x) > 0.34657359027997264 ? Math.floor(x * 1.4426950408889634 + 0.5) : 0;
  const high = x - n * 6.9314718036912381649e-1;
  const low = n * 1.90821492927058770002e-10;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (n > 1023) return y * 2 * powerOfTwo(n - 1);
  return n >= -1021 ? y * powerOfTwo(n) : y * powerOfTwo(n + 1000) * powerOfTwo(-1000);
}

let reduced = 0;
let reducedTail = 0;

/** Leaves x - n pi/2 in `reduced` + `reducedTail`, |.| <= pi/4, and returns n. */
function reduce(x: number): number {
  if (!Number.isFinite(x)) {
    reduced = NaN;
    reducedTail = 0;
    return 0;
  }
  if (Math.abs(x) > 1.6e6) x %= 2 * Math.PI;
  const n = Math.round(x * 0.6366197723675814);
  const r1 = x - n * HALF_PI_1;
  let w = n * HALF_PI_2;
  const r2 = r1 - w;
  w = n * HALF_PI_3 - (r1 - r2 - w);
  const r3 = r2 - w;
  w = n * HALF_PI_3_TAIL - (r2 - r3 - w);
  reduced = r3 - w;
  reducedTail = r3 - reduced - w;
  return n & 3;
}

/** Splits a float64 into halves of 26 bits whose products are exact (Veltkamp; Dekker 1971). */
const SPLIT = 134217729;

/**
 * Sine of x + tail, |x| <= pi/4: Taylor series with x - x^3/6 in twice the working precision, so that the one rounding
 * at the end is all that counts.
 */
function kernelSine(x: number, tail: number): number {
  // Below 2^-27 the cubic term is beyond the last bit; this also keeps the sign of zero.
  if (Math.abs(x) < 7.450580596923828e-9) return tail === 0 ? x : x + tail;
  const z = x * x;
  let scaled = SPLIT * x;
  const xHigh = scaled - (scaled - x);
  const xLow = x - xHigh;
  const zTail = xHigh * xHigh - z + 2 * xHigh * xLow + xLow * xLow;
  const rest =
    z *
    z *
    (8.333333333333333e-3 +
      z *
        (-1.984126984126984e-4 +
          z *
            (2.7557319223985893e-6 +
              z *
                (-2.505210838544172e-8 +
                  z * (1.6059043836821613e-10 + z * (-7.647163731819816e-13 + z * 2.8114572543455206e-15))))));
  const sixth = z / 6;
  const sixthTail = (z - 4 * sixth - 2 * sixth + zTail) / 6;
  const factor = sixth - rest;
  const factorTail = sixth - factor - rest + sixthTail;
  const product = x * factor;
  scaled = SPLIT * factor;
  const factorHigh = scaled - (scaled - factor);
  const factorLow = factor - factorHigh;
  const productTail =
    xHigh * factorHigh - product + xHigh * factorLow + xLow * factorHigh + xLow * factorLow + x * factorTail;
  const value = x - product;
  return value + (x - value - product - productTail + tail * (1 - 0.5 * z));
}

/** Cosine of x + tail, |x| <= pi/4: Taylor series with 1 - x^2/2 in twice the working precision. */
function kernelCosine(x: number, tail: number): number {
  const z = x * x;
  const scaled = SPLIT * x;
  const high = scaled - (scaled - x);
  const low = x - high;
  const zTail = high * high - z + 2 * high * low + low * low;
  const rest =
    z *
    z *
    (4.1666666666666664e-2 +
      z *
        (-1.388888888888889e-3 +
          z *
            (2.48015873015873e-5 +
              z *
                (-2.755731922398589e-7 +
                  z *
                    (2.08767569878681e-9 +
                      z * (-1.1470745597729725e-11 + z * (4.779477332387385e-14 + z * -1.5619206968586225e-16)))))));
  const half = 0.5 * z;
  const value = 1 - half;
  return value + (1 - value - half + (rest - 0.5 * zTail - x * tail * (1 - z / 6)));
}

/** 2 to the power n for -1022 <= n <= 1023. */
function powerOfTwo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
