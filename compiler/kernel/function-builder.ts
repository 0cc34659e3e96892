import type { Expression, FloatVector, KernelFunction, Statement, ValueType } from './expression.js';
import { int, toI32 } from './scalar-operations.js';
import { VectorOperations } from './vector-operations.js';

export { i32, int, scalar } from './scalar-operations.js';
export { type ElementOf, type IntegersOf, VectorOperations } from './vector-operations.js';

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
  readonly #wide: boolean;
  #free: number[] = [];
  #made: number[] = [];
  #body: Statement[] = [];

  constructor(name: string, parameters: readonly ValueType[], relaxed = false, wide = false) {
    this.name = name;
    this.#parameters = parameters;
    this.#locals = [...parameters];
    this.#relaxed = relaxed;
    this.#wide = wide;
  }

  /** Whether multiply-add may round once, depending on the machine. */
  get relaxed(): boolean {
    return this.#relaxed;
  }

  /** Whether the engine is expected to join neighbouring vectors to 256 bits. */
  get wide(): boolean {
    return this.#wide;
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
        this.scope(() => {
          body(int(start));
        });
        return;
      }
    }
    const local = this.#take('i32');
    const statements = this.#collect(() => {
      body({ op: 'get', type: 'i32', local });
    });
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
