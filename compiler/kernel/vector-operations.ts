import type { BinaryName, Expression, FloatVector, UnaryName } from './expression.js';
import { int, toI32 } from './scalar-operations.js';

/** Element type of a float vector. */
export type ElementOf<V extends FloatVector> = V extends 'f32x4' ? 'f32' : 'f64';
/** Integer vector with lanes of the same width. */
export type IntegersOf<V extends FloatVector> = V extends 'f32x4' ? 'i32x4' : 'i64x2';

type I32 = Expression<'i32'>;

/** Operations on vectors of floats; `fn.f32` has four lanes, `fn.f64` two. Kernels for both precisions take one of them. */
export class VectorOperations<V extends FloatVector> {
  readonly type: V;
  /** Bytes of one element. */
  readonly elementBytes: number;
  readonly lanes: number;
  readonly #integers: IntegersOf<V>;
  readonly #element: ElementOf<V>;

  constructor(type: V) {
    this.type = type;
    this.elementBytes = type === 'f32x4' ? 4 : 8;
    this.lanes = 16 / this.elementBytes;
    // Both follow from V.
    this.#integers = (type === 'f32x4' ? 'i32x4' : 'i64x2') as IntegersOf<V>;
    this.#element = (type === 'f32x4' ? 'f32' : 'f64') as ElementOf<V>;
  }

  constant(value: number): Expression<V> {
    return { op: 'constant', type: this.type, value };
  }
  splat(a: Expression<ElementOf<V>>): Expression<V> {
    return { op: 'splat', type: this.type, a };
  }
  load(address: I32 | number, offset = 0): Expression<V> {
    return { op: 'load', type: this.type, address: toI32(address), offset, splat: false };
  }
  /** One element from memory in every lane. */
  loadSplat(address: I32 | number, offset = 0): Expression<V> {
    return { op: 'load', type: this.type, address: toI32(address), offset, splat: true };
  }
  /** One element from memory. */
  loadElement(address: I32 | number, offset = 0): Expression<ElementOf<V>> {
    return { op: 'load', type: this.#element, address: toI32(address), offset, splat: false };
  }
  add(a: Expression<V>, b: Expression<V>): Expression<V> {
    return this.#binary('add', a, b);
  }
  subtract(a: Expression<V>, b: Expression<V>): Expression<V> {
    return this.#binary('subtract', a, b);
  }
  multiply(a: Expression<V>, b: Expression<V>): Expression<V> {
    return this.#binary('multiply', a, b);
  }
  divide(a: Expression<V>, b: Expression<V>): Expression<V> {
    return this.#binary('divide', a, b);
  }
  /** a * b + c */
  multiplyAdd(a: Expression<V>, b: Expression<V>, c: Expression<V>): Expression<V> {
    return { op: 'multiply-add', type: this.type, a, b, c, negated: false };
  }
  /** c - a * b */
  negativeMultiplyAdd(a: Expression<V>, b: Expression<V>, c: Expression<V>): Expression<V> {
    return { op: 'multiply-add', type: this.type, a, b, c, negated: true };
  }
  /** The smaller; a NaN in `x` passes through. */
  minimum(x: Expression<V>, bound: Expression<V>): Expression<V> {
    return this.#binary('pmin', x, bound);
  }
  /** The larger; a NaN in `x` passes through. */
  maximum(x: Expression<V>, bound: Expression<V>): Expression<V> {
    return this.#binary('pmax', x, bound);
  }
  sqrt(a: Expression<V>): Expression<V> {
    return this.#unary('sqrt', a);
  }
  abs(a: Expression<V>): Expression<V> {
    return this.#unary('abs', a);
  }
  negate(a: Expression<V>): Expression<V> {
    return this.#unary('negate', a);
  }
  /** Masks: all bits 1 where the comparison holds. */
  less(a: Expression<V>, b: Expression<V>): Expression<IntegersOf<V>> {
    return this.#compare('less', a, b);
  }
  lessEqual(a: Expression<V>, b: Expression<V>): Expression<IntegersOf<V>> {
    return this.#compare('less-equal', a, b);
  }
  greater(a: Expression<V>, b: Expression<V>): Expression<IntegersOf<V>> {
    return this.#compare('greater', a, b);
  }
  equal(a: Expression<V>, b: Expression<V>): Expression<IntegersOf<V>> {
    return this.#compare('equal', a, b);
  }
  /** `a` where the mask is set, 0 elsewhere. */
  keepWhere(mask: Expression<IntegersOf<V>>, a: Expression<V>): Expression<V> {
    return { op: 'binary', type: this.type, name: 'and', a, b: { op: 'reinterpret', type: this.type, a: mask } };
  }
  /** `a` where the mask is set, `b` elsewhere. */
  select(mask: Expression<IntegersOf<V>>, a: Expression<V>, b: Expression<V>): Expression<V> {
    return { op: 'select', type: this.type, a, b, mask };
  }
  shuffle(a: Expression<V>, b: Expression<V>, lanes: readonly number[]): Expression<V> {
    return { op: 'shuffle', type: this.type, a, b, lanes };
  }
  lane(a: Expression<V>, lane: number): Expression<ElementOf<V>> {
    return { op: 'lane', type: this.#element, a, lane };
  }
  /** The bits as integers of the same width. */
  asIntegers(a: Expression<V>): Expression<IntegersOf<V>> {
    return { op: 'reinterpret', type: this.#integers, a };
  }
  fromBits(a: Expression<IntegersOf<V>>): Expression<V> {
    return { op: 'reinterpret', type: this.type, a };
  }
  integerConstant(value: number): Expression<IntegersOf<V>> {
    return { op: 'constant', type: this.#integers, value };
  }
  integer(
    name: 'add' | 'subtract' | 'and' | 'or' | 'xor',
    a: Expression<IntegersOf<V>>,
    b: Expression<IntegersOf<V>>,
  ): Expression<IntegersOf<V>> {
    return { op: 'binary', type: this.#integers, name, a, b };
  }
  shift(
    name: 'shift-left' | 'shift-right' | 'shift-right-unsigned',
    a: Expression<IntegersOf<V>>,
    bits: number,
  ): Expression<IntegersOf<V>> {
    return { op: 'binary', type: this.#integers, name, a, b: int(bits) };
  }
  /** Signed 32-bit lanes to floats (f32 only). */
  toFloat(a: Expression<'i32x4'>): Expression<'f32x4'> {
    return { op: 'unary', type: 'f32x4', name: 'to-float', a };
  }
  /** Two doubles rounded to the first two of four floats; the others are 0. */
  demote(a: Expression<'f64x2'>): Expression<'f32x4'> {
    return { op: 'unary', type: 'f32x4', name: 'demote', a };
  }
  /** The first two of four floats as doubles. */
  promote(a: Expression<'f32x4'>): Expression<'f64x2'> {
    return { op: 'unary', type: 'f64x2', name: 'promote', a };
  }

  #unary(name: UnaryName, a: Expression<V>): Expression<V> {
    return { op: 'unary', type: this.type, name, a };
  }
  #binary(name: BinaryName, a: Expression<V>, b: Expression<V>): Expression<V> {
    return { op: 'binary', type: this.type, name, a, b };
  }
  #compare(name: BinaryName, a: Expression<V>, b: Expression<V>): Expression<IntegersOf<V>> {
    return { op: 'binary', type: this.#integers, name, a, b };
  }
}
