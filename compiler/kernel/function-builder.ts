import type {
  BinaryName,
  Expression,
  FloatVector,
  KernelFunction,
  Statement,
  UnaryName,
  ValueType,
} from './expression.js';

/** Element type of a float vector. */
export type ElementOf<V extends FloatVector> = V extends 'f32x4' ? 'f32' : 'f64';
/** Integer vector with lanes of the same width. */
export type IntegersOf<V extends FloatVector> = V extends 'f32x4' ? 'i32x4' : 'i64x2';

type I32 = Expression<'i32'>;

/**
 * Writes one function of a kernel. A kernel reads like the loop that it becomes:
 *
 *   fn.loop(0, bytes, 16, (p) => fn.store(p, y, fn.f32.multiply(fn.f32.load(p, x), two)));
 *
 * Addresses are byte addresses: a dynamic i32 plus a constant offset. Locals made inside a loop, an `if` or a `scope`
 * live to its end; their slots are then used again.
 */
export class FunctionBuilder {
  readonly name: string;
  readonly f32 = new VectorOperations('f32x4');
  readonly f64 = new VectorOperations('f64x2');
  readonly #parameters: readonly ValueType[];
  readonly #locals: ValueType[];
  readonly #relaxed: boolean;
  #free: number[] = [];
  #made: number[] = [];
  #body: Statement[] = [];

  constructor(name: string, parameters: readonly ValueType[], relaxed = false) {
    this.name = name;
    this.#parameters = parameters;
    this.#locals = [...parameters];
    this.#relaxed = relaxed;
  }

  /** Whether multiply-add may round once, depending on the machine. */
  get relaxed(): boolean {
    return this.#relaxed;
  }

  parameter<T extends ValueType>(index: number): Expression<T> {
    // The caller states the type that it declared.
    return { op: 'get', type: this.#parameters[index] as T, local: index };
  }

  /** A new local that holds `value`; reading it costs nothing. */
  let<T extends ValueType>(value: Expression<T>): Expression<T> & { readonly op: 'get' } {
    const local = this.#take(value.type);
    this.#body.push({ op: 'set', local, value });
    return { op: 'get', type: value.type, local };
  }

  /** Gives a local made by `let` another value. */
  set<T extends ValueType>(target: Expression<T>, value: Expression<T>): void {
    if (target.op !== 'get') throw new TypeError(`${this.name}: set() needs a local, got ${target.op}`);
    this.#body.push({ op: 'set', local: target.local, value });
  }

  /** target = target + value */
  accumulate(target: Expression<FloatVector>, value: Expression<FloatVector>): void {
    this.set(target, { op: 'binary', type: target.type, name: 'add', a: target, b: value });
  }

  store(address: I32 | number, offset: number, value: Expression): void {
    this.#body.push({ op: 'store', address: toI32(address), offset, value });
  }

  /**
   * for (index = start; index < end; index += step). With constant bounds the trip count is known: zero trips emit
   * nothing, one trip emits the body without a loop. With run-time bounds the loop is taken to run at least once unless
   * `guarded`.
   */
  loop(start: I32 | number, end: I32 | number, step: number, body: (index: I32) => void, guarded = false): void {
    if (typeof start === 'number' && typeof end === 'number') {
      if (start >= end) return;
      if (start + step >= end) {
        this.scope(() => body(int(start)));
        return;
      }
    }
    const local = this.#take('i32');
    const statements = this.#collect(() => body({ op: 'get', type: 'i32', local }));
    this.#body.push({ op: 'loop', local, start: toI32(start), end: toI32(end), step, guarded, body: statements });
    this.#release(local);
  }

  if(condition: I32, then: () => void, otherwise: () => void = () => undefined): void {
    this.#body.push({ op: 'if', condition, then: this.#collect(then), otherwise: this.#collect(otherwise) });
  }

  /** Locals made inside are free again afterwards. */
  scope(body: () => void): void {
    this.#body.push(...this.#collect(body));
  }

  /** Calls another function of the same module. */
  call(callee: string, ...values: Expression[]): void {
    this.#body.push({ op: 'call', callee, arguments: values });
  }

  comment(text: string): void {
    this.#body.push({ op: 'comment', text });
  }

  finish(result?: Expression): KernelFunction {
    return {
      name: this.name,
      parameters: this.#parameters,
      result,
      locals: this.#locals,
      body: this.#body,
      relaxed: this.#relaxed,
    };
  }

  #collect(body: () => void): Statement[] {
    const [outerBody, outerMade] = [this.#body, this.#made];
    this.#body = [];
    this.#made = [];
    body();
    const statements = this.#body;
    this.#free.push(...this.#made);
    this.#body = outerBody;
    this.#made = outerMade;
    return statements;
  }

  #take(type: ValueType): number {
    const index = this.#free.findIndex((local) => this.#locals[local] === type);
    const local = index < 0 ? this.#locals.push(type) - 1 : this.#free.splice(index, 1)[0]!;
    this.#made.push(local);
    return local;
  }

  #release(local: number): void {
    this.#made.splice(this.#made.lastIndexOf(local), 1);
    this.#free.push(local);
  }
}

/** An i32 constant. */
export function int(value: number): Expression<'i32'> {
  return { op: 'constant', type: 'i32', value };
}

function toI32(value: I32 | number): I32 {
  return typeof value === 'number' ? int(value) : value;
}

/** Integer arithmetic on addresses and counters; wraps at 2^32. Constants are folded. */
export const i32 = {
  constant: int,
  add: (a: I32, b: I32 | number): I32 => (b === 0 ? a : i32Binary('add', a, b)),
  subtract: (a: I32, b: I32 | number): I32 => (b === 0 ? a : i32Binary('subtract', a, b)),
  multiply: (a: I32, b: I32 | number): I32 => (b === 1 ? a : i32Binary('multiply', a, b)),
  and: (a: I32, b: I32 | number): I32 => i32Binary('and', a, b),
  or: (a: I32, b: I32 | number): I32 => i32Binary('or', a, b),
  xor: (a: I32, b: I32 | number): I32 => i32Binary('xor', a, b),
  shiftLeft: (a: I32, b: number): I32 => (b === 0 ? a : i32Binary('shift-left', a, b)),
  shiftRightUnsigned: (a: I32, b: number): I32 => (b === 0 ? a : i32Binary('shift-right-unsigned', a, b)),
  less: (a: I32, b: I32 | number): I32 => i32Binary('less', a, b),
  equal: (a: I32, b: I32 | number): I32 => i32Binary('equal', a, b),
  load: (address: I32 | number, offset: number): I32 => ({
    op: 'load',
    type: 'i32',
    address: toI32(address),
    offset,
    splat: false,
  }),
};

const fold: Partial<Record<BinaryName, (a: number, b: number) => number>> = {
  add: (a, b) => (a + b) | 0,
  subtract: (a, b) => (a - b) | 0,
  multiply: Math.imul,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  'shift-left': (a, b) => a << b,
  'shift-right-unsigned': (a, b) => (a >>> b) | 0,
};

function i32Binary(name: BinaryName, a: I32, b: I32 | number): I32 {
  const right = toI32(b);
  const folded = fold[name];
  if (a.op === 'constant' && right.op === 'constant' && folded !== undefined) return int(folded(a.value, right.value));
  if (name === 'add' && right.op === 'constant' && right.value === 0) return a;
  return { op: 'binary', type: 'i32', name, a, b: right };
}

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

/** Scalar float arithmetic, for the tail of a reduction. */
export const scalar = {
  constant: (value: number): Expression<'f32'> => ({ op: 'constant', type: 'f32', value }),
  add: (a: Expression<'f32'>, b: Expression<'f32'>): Expression<'f32'> => ({
    op: 'binary',
    type: 'f32',
    name: 'add',
    a,
    b,
  }),
  multiply: (a: Expression<'f32'>, b: Expression<'f32'>): Expression<'f32'> => ({
    op: 'binary',
    type: 'f32',
    name: 'multiply',
    a,
    b,
  }),
};
