import type { Expression, FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import { vectorBytes } from '../layout.js';
import { load, store, type Pointer } from './pointer.js';

/** Complex numbers of a block of samples. Operands of the functions below are read more than once: pass locals. */
export interface ComplexVector<V extends FloatVector> {
  readonly re: Expression<V>;
  readonly im: Expression<V>;
}

/** Bytes from the real part of an amplitude to its imaginary part. */
export function imaginaryPart({ width = 1 }: Pointer): number {
  return width * vectorBytes;
}

/** Complex arithmetic on vectors; results are locals. */
export class ComplexOperations<V extends FloatVector> {
  readonly #fn: FunctionBuilder;
  readonly #ops: VectorOperations<V>;

  constructor(fn: FunctionBuilder, ops: VectorOperations<V>) {
    this.#fn = fn;
    this.#ops = ops;
  }

  load(at: Pointer, distance = 0): ComplexVector<V> {
    return this.#locals(load(this.#ops, at, distance), load(this.#ops, at, distance + imaginaryPart(at)));
  }

  store(at: Pointer, { re, im }: ComplexVector<V>, distance = 0): void {
    store(this.#fn, at, re, distance);
    store(this.#fn, at, im, distance + imaginaryPart(at));
  }

  zero(): ComplexVector<V> {
    return this.#locals(this.#ops.constant(0), this.#ops.constant(0));
  }

  /** a b */
  multiply(a: ComplexVector<V>, b: ComplexVector<V>): ComplexVector<V> {
    const ops = this.#ops;
    return this.#locals(
      ops.negativeMultiplyAdd(a.im, b.im, ops.multiply(a.re, b.re)),
      ops.multiplyAdd(a.im, b.re, ops.multiply(a.re, b.im)),
    );
  }

  /** conj(a) b */
  conjugateMultiply(a: ComplexVector<V>, b: ComplexVector<V>): ComplexVector<V> {
    const ops = this.#ops;
    return this.#locals(
      ops.multiplyAdd(a.im, b.im, ops.multiply(a.re, b.re)),
      ops.negativeMultiplyAdd(a.im, b.re, ops.multiply(a.re, b.im)),
    );
  }

  /** a + b */
  add(a: ComplexVector<V>, b: ComplexVector<V>): ComplexVector<V> {
    return this.#locals(this.#ops.add(a.re, b.re), this.#ops.add(a.im, b.im));
  }

  /** total = total + value */
  accumulate(total: ComplexVector<V>, value: ComplexVector<V>): void {
    this.#fn.accumulate(total.re, value.re);
    this.#fn.accumulate(total.im, value.im);
  }

  /** x a + y b for real x and y; y is subtracted when `minus`. */
  turn(x: Expression<V>, a: ComplexVector<V>, y: Expression<V>, b: ComplexVector<V>, minus: boolean): ComplexVector<V> {
    const ops = this.#ops;
    const [re, im] = [ops.multiply(x, a.re), ops.multiply(x, a.im)];
    return minus
      ? this.#locals(ops.negativeMultiplyAdd(y, b.re, re), ops.negativeMultiplyAdd(y, b.im, im))
      : this.#locals(ops.multiplyAdd(y, b.re, re), ops.multiplyAdd(y, b.im, im));
  }

  #locals(re: Expression<V>, im: Expression<V>): ComplexVector<V> {
    return { re: this.#fn.let(re), im: this.#fn.let(im) };
  }
}
