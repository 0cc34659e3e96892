import type {
  Expression,
  FloatVector,
  FunctionBuilder,
  SineCosine,
  VectorOperations,
} from '../../../compiler/index.js';
import type { Letter } from '../string-products.js';

/** The Bloch vector of a wire for a block of samples; what is missing is 0 for all of them. */
export type BlochVector<V extends FloatVector> = Readonly<Partial<Record<Letter, Expression<V>>>>;

/** What a rotation about an axis turns, the first towards the second. */
const planes = { Y: ['Z', 'X'], Z: ['X', 'Y'] } as const;

/** Geometry of Bloch vectors; results are locals, operands must be. */
export class BlochOperations<V extends FloatVector> {
  readonly #fn: FunctionBuilder;
  readonly #ops: VectorOperations<V>;

  constructor(fn: FunctionBuilder, ops: VectorOperations<V>) {
    this.#fn = fn;
    this.#ops = ops;
  }

  /** The vector after a rotation by an angle, or by its opposite. */
  turn(
    vector: BlochVector<V>,
    axis: 'Y' | 'Z',
    { cosine, sine }: SineCosine<V>,
    direction: 'forward' | 'inverse',
  ): BlochVector<V> {
    const [first, second] = planes[axis];
    const [p, q] = [vector[first], vector[second]];
    const [toFirst, toSecond] = direction === 'forward' ? [-1, 1] : [1, -1];
    return {
      ...vector,
      ...this.#component(first, cosine, p, sine, q, toFirst),
      ...this.#component(second, cosine, q, sine, p, toSecond),
    };
  }

  /** a x b */
  cross(a: BlochVector<V>, b: BlochVector<V>): BlochVector<V> {
    return {
      ...this.#component('X', a.Y, b.Z, a.Z, b.Y, -1),
      ...this.#component('Y', a.Z, b.X, a.X, b.Z, -1),
      ...this.#component('Z', a.X, b.Y, a.Y, b.X, -1),
    };
  }

  /** The component a b + sign c d, or none where all of it is 0. */
  #component(
    letter: Letter,
    a: Expression<V> | undefined,
    b: Expression<V> | undefined,
    c: Expression<V> | undefined,
    d: Expression<V> | undefined,
    sign: number,
  ): BlochVector<V> {
    const ops = this.#ops;
    const first = a === undefined || b === undefined ? undefined : ops.multiply(a, b);
    if (c === undefined || d === undefined) return { [letter]: first === undefined ? undefined : this.#fn.let(first) };
    if (first !== undefined) {
      const sum = sign > 0 ? ops.multiplyAdd(c, d, first) : ops.negativeMultiplyAdd(c, d, first);
      return { [letter]: this.#fn.let(sum) };
    }
    const second = ops.multiply(c, d);
    return { [letter]: this.#fn.let(sign > 0 ? second : ops.negate(second)) };
  }
}
