import type { Expression, FloatVector, FunctionBuilder, VectorOperations } from '../../../compiler/index.js';
import { amplitudeBytes } from '../layout.js';
import { isNothing, type Coefficient, type MatrixEntry } from '../elementary-gates.js';
import { ComplexOperations, type ComplexVector } from './complex-vector.js';
import { eachElement, move, type Distance, type Pointer } from './pointer.js';

/** cos and sin of a gate's angle. */
export interface Trigonometry<V extends FloatVector> {
  readonly cosine: Expression<V>;
  readonly sine: Expression<V>;
}

/**
 * Multiplies the amplitudes of one group of basis states by a gate's matrix. Entries are known up to cos and sin, so that zeros and
 * ones cost nothing; what the entries come to is computed once, before the loop over the groups.
 */
export class GateMatrix<V extends FloatVector> {
  readonly #fn: FunctionBuilder;
  readonly #ops: VectorOperations<V>;
  readonly #entries: readonly MatrixEntry[];
  readonly #values = new Map<string, Expression<V>>();

  constructor(
    fn: FunctionBuilder,
    ops: VectorOperations<V>,
    entries: readonly MatrixEntry[],
    trigonometry: Trigonometry<V> | undefined,
  ) {
    this.#fn = fn;
    this.#ops = ops;
    this.#entries = entries;
    for (const { re, im } of entries) for (const one of [re, im]) this.#prepare(one, trigonometry);
  }

  /** Columns that some row reads. */
  get columns(): number[] {
    return [...new Set(this.#entries.map(({ column }) => column))];
  }

  /** Rows that are not simply the amplitude that was there. */
  get changedRows(): number[] {
    const isKept = (row: number): boolean => {
      const [only, ...others] = this.#entries.filter((entry) => entry.row === row);
      return only !== undefined && others.length === 0 && only.column === row && isOne(only.re) && isNothing(only.im);
    };
    return [...new Set(this.#entries.map(({ row }) => row))].filter((row) => !isKept(row));
  }

  /** Rows that have entries; of a derivative not all do. */
  get rows(): number[] {
    return [...new Set(this.#entries.map(({ row }) => row))];
  }

  /** Row `row` of matrix times amplitudes. */
  row(row: number, amplitudes: ReadonlyMap<number, ComplexVector<V>>): ComplexVector<V> {
    let re: Expression<V> | undefined;
    let im: Expression<V> | undefined;
    for (const entry of this.#entries) {
      if (entry.row !== row) continue;
      const amplitude = amplitudes.get(entry.column)!;
      re = this.#addProduct(re, entry.re, amplitude.re, false);
      re = this.#addProduct(re, entry.im, amplitude.im, true);
      im = this.#addProduct(im, entry.re, amplitude.im, false);
      im = this.#addProduct(im, entry.im, amplitude.re, false);
    }
    const zero = this.#ops.constant(0);
    return { re: this.#fn.let(re ?? zero), im: this.#fn.let(im ?? zero) };
  }

  #prepare(coefficient: Coefficient, trigonometry: Trigonometry<V> | undefined): void {
    if (isNothing(coefficient) || unitOf(coefficient) !== undefined) return;
    const { key, positive } = normalForm(coefficient);
    if (this.#values.has(key)) return;
    const ops = this.#ops;
    let value = positive.constant === 0 ? undefined : ops.constant(positive.constant);
    const parts = [
      [positive.cosine, trigonometry?.cosine],
      [positive.sine, trigonometry?.sine],
    ] as const;
    for (const [factor, part] of parts) {
      if (factor === 0 || part === undefined) continue;
      const term = factor === 1 ? part : ops.multiply(part, ops.constant(factor));
      value = value === undefined ? term : ops.add(value, term);
    }
    this.#values.set(key, this.#fn.let(value ?? ops.constant(0)));
  }

  /** sum + coefficient * x, or minus. */
  #addProduct(
    sum: Expression<V> | undefined,
    coefficient: Coefficient,
    x: Expression<V>,
    negated: boolean,
  ): Expression<V> | undefined {
    if (isNothing(coefficient)) return sum;
    const ops = this.#ops;
    const unit = unitOf(coefficient);
    const { key, sign } = normalForm(coefficient);
    const minus = (unit ?? sign) < 0 !== negated;
    if (unit !== undefined) {
      if (sum === undefined) return minus ? ops.negate(x) : x;
      return minus ? ops.subtract(sum, x) : ops.add(sum, x);
    }
    const factor = this.#values.get(key)!;
    if (sum === undefined) return minus ? ops.negate(ops.multiply(factor, x)) : ops.multiply(factor, x);
    return minus ? ops.negativeMultiplyAdd(factor, x, sum) : ops.multiplyAdd(factor, x, sum);
  }
}

function isOne({ constant, cosine, sine }: Coefficient): boolean {
  return constant === 1 && cosine === 0 && sine === 0;
}

/** 1 or -1 for a coefficient that is always that. */
function unitOf({ constant, cosine, sine }: Coefficient): number | undefined {
  return cosine === 0 && sine === 0 && Math.abs(constant) === 1 ? constant : undefined;
}

/** A coefficient and its negative share one value. */
function normalForm({ constant, cosine, sine }: Coefficient) {
  const sign = Math.sign([constant, cosine, sine].find((part) => part !== 0) ?? 1);
  const positive = { constant: sign * constant, cosine: sign * cosine, sine: sign * sine };
  return { key: `${positive.constant} ${positive.cosine} ${positive.sine}`, sign, positive };
}

/** How a gate's groups of amplitudes are found. */
export interface Groups {
  /** Bits of the gate, the first being the most significant of rows. */
  readonly masks: readonly number[];
  /** First basis state of each group, and where their byte offsets lie. */
  readonly firsts: Int32Array;
  readonly table: number;
}

/** Visits every group with the place of each of its rows. */
export function eachGroupOf(
  fn: FunctionBuilder,
  { masks, firsts, table }: Groups,
  visit: (rowAt: (state: Pointer, row: number) => Pointer) => void,
): void {
  const offsets = Array.from({ length: 2 ** masks.length }, (_, row) =>
    masks.reduce((sum, mask, k) => sum + (((row >> (masks.length - 1 - k)) & 1) === 0 ? 0 : mask), 0),
  );
  // Bodies of several wires are long.
  const most = masks.length === 1 ? 4 : 1;
  eachElement(
    fn,
    firsts.length,
    ({ counter, known }) => {
      const first: Distance =
        counter === undefined
          ? { counter, known: firsts[known / 4]! * amplitudeBytes }
          : { counter: fn.let(load32(counter, table + known)), known: 0 };
      const moved = new Map<Pointer, Pointer>();
      visit((state, row) => {
        const at = moved.get(state) ?? move(fn, state, first);
        moved.set(state, at);
        return { base: at.base, offset: at.offset + offsets[row]! * amplitudeBytes };
      });
    },
    most,
  );
}

function load32(address: Expression<'i32'>, offset: number): Expression<'i32'> {
  return { op: 'load', type: 'i32', address, offset, splat: false };
}

/** state <- matrix state */
export function applyGate<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  matrix: GateMatrix<V>,
  groups: Groups,
  state: Pointer,
): void {
  const complex = new ComplexOperations(fn, ops);
  const { changedRows } = matrix;
  if (changedRows.length === 0) return;
  eachGroupOf(fn, groups, (rowAt) => {
    const before = loadColumns(complex, matrix, rowAt, state);
    const after = changedRows.map((row) => matrix.row(row, before));
    changedRows.forEach((row, k) => {
      complex.store(rowAt(state, row), after[k]!);
    });
  });
}

/**
 * Takes a gate back from psi and lambda.
 * @returns Re <lambda| dU/dh |psi> with lambda after and psi before the gate, when `derivative` is given
 */
export function undoGate<V extends FloatVector>(
  fn: FunctionBuilder,
  ops: VectorOperations<V>,
  inverse: GateMatrix<V>,
  derivative: GateMatrix<V> | undefined,
  groups: Groups,
  psi: Pointer,
  lambda: Pointer,
): Expression<V> | undefined {
  const complex = new ComplexOperations(fn, ops);
  const sum = derivative === undefined ? undefined : fn.let(ops.constant(0));
  eachGroupOf(fn, groups, (rowAt) => {
    const before = new Map(loadColumns(complex, inverse, rowAt, psi));
    const turned = inverse.changedRows.map((row) => [row, inverse.row(row, before)] as const);
    for (const [row, amplitude] of turned) complex.store(rowAt(psi, row), amplitude);
    const cotangents = loadColumns(complex, inverse, rowAt, lambda);
    if (derivative !== undefined && sum !== undefined) {
      const psiBefore = new Map([...before, ...turned]);
      for (const row of derivative.rows) {
        const change = derivative.row(row, psiBefore);
        const { re, im } = cotangents.get(row)!;
        fn.accumulate(sum, ops.multiplyAdd(im, change.im, ops.multiply(re, change.re)));
      }
    }
    const back = inverse.changedRows.map((row) => [row, inverse.row(row, cotangents)] as const);
    for (const [row, amplitude] of back) complex.store(rowAt(lambda, row), amplitude);
  });
  return sum;
}

/** Amplitudes of the columns that changed rows read. */
function loadColumns<V extends FloatVector>(
  complex: ComplexOperations<V>,
  matrix: GateMatrix<V>,
  rowAt: (state: Pointer, row: number) => Pointer,
  state: Pointer,
): ReadonlyMap<number, ComplexVector<V>> {
  return new Map(matrix.columns.map((column) => [column, complex.load(rowAt(state, column))]));
}
