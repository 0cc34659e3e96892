import type { Expression } from '../kernel/expression.js';
import { type FunctionBuilder, i32 } from '../kernel/function-builder.js';
import type { RowBuffer } from '../op.js';

type I32 = Expression<'i32'>;

/** Equal tiles as even as possible: `count` tiles of `size` rows, starting at row `first`. 37 rows by 4 = 7 of 4 and 3 of 3. */
export interface TileGroup {
  readonly first: number;
  readonly count: number;
  readonly size: number;
}

/** Cuts rows into as few tiles of at most `largest` rows as there can be, of sizes that differ by one at most. */
export function balancedTiles(rows: number, largest: number): TileGroup[] {
  const tiles = Math.ceil(rows / largest);
  const size = Math.floor(rows / tiles);
  const larger = rows - size * tiles;
  const groups: TileGroup[] = [];
  if (larger > 0) groups.push({ first: 0, count: larger, size: size + 1 });
  if (tiles > larger) groups.push({ first: larger * (size + 1), count: tiles - larger, size });
  return groups;
}

/** y[r] = bias[r] + sum over k of w[r][k] x[k], for all samples. */
export interface MatrixProduct {
  readonly rows: number;
  readonly depth: number;
  /** Address of w[0][0], and bytes from one r and from one k to the next. */
  readonly weights: number;
  readonly weightRow: number;
  readonly weightStep: number;
  /** Bytes from w[r][0] to the bias of r, or undefined for none. */
  readonly bias: number | undefined;
  readonly x: RowBuffer;
  readonly sampleBytes: I32;
  /** Takes 8 or 16 samples of one row of y; `position + offset` is the place of the first four in a row buffer. */
  store(position: I32, offset: number, values: readonly Expression<'f32x4'>[]): void;
}

/**
 * Register tiles of 4 rows by 8 samples, the reduction innermost and rolled: engines unroll it themselves. By 16 samples
 * where engines join pairs of vectors. With transposed strides the same kernel multiplies by the transposed weights.
 */
export function emitMatrixProduct(fn: FunctionBuilder, product: MatrixProduct): void {
  const { rows, weightRow, x, sampleBytes } = product;
  const stride = x.strideBytes;
  for (const { first, count, size } of balancedTiles(rows, 4)) {
    const weights = fn.let(i32.constant(first * weightRow));
    fn.loop(first * stride, (first + count * size) * stride, size * stride, (row) => {
      const tile = { size, row, weights };
      if (fn.wide) {
        const sixteens = fn.let(i32.and(sampleBytes, -64));
        const wide = (sample: I32): void => {
          emitProductTile(fn, product, { ...tile, vectors: 4 }, sample);
        };
        fn.loop(0, sixteens, 64, wide, true);
        fn.if(i32.less(sixteens, sampleBytes), () => {
          emitProductTile(fn, product, { ...tile, vectors: 2 }, sixteens);
        });
      } else {
        fn.loop(0, sampleBytes, 32, (sample) => {
          emitProductTile(fn, product, { ...tile, vectors: 2 }, sample);
        });
      }
      if (count > 1) fn.set(weights, i32.add(weights, size * weightRow));
    });
  }
}

/** `size` rows of y by `vectors` times 4 samples; `row` is the place of the first row, `weights` that of its weights. */
interface ProductTile {
  readonly size: number;
  readonly vectors: number;
  readonly row: I32;
  readonly weights: I32;
}

function emitProductTile(fn: FunctionBuilder, product: MatrixProduct, tile: ProductTile, sample: I32): void {
  const { depth, weights, weightRow, weightStep, bias, x } = product;
  const ops = fn.f32;
  const stride = x.strideBytes;
  const sums = Array.from({ length: tile.size }, (_, r) => {
    const start = bias === undefined ? ops.constant(0) : ops.loadSplat(tile.weights, weights + r * weightRow + bias);
    const sum = fn.let(start);
    return [sum, ...Array.from({ length: tile.vectors - 1 }, () => fn.let(sum))];
  });
  const weight = fn.let(tile.weights);
  const end = fn.let(i32.add(sample, depth * stride));
  fn.loop(sample, end, stride, (at) => {
    const xs = Array.from({ length: tile.vectors }, (_, v) => fn.let(ops.load(at, x.address + 16 * v)));
    sums.forEach((row, r) => {
      fn.scope(() => {
        const w = fn.let(ops.loadSplat(weight, weights + r * weightRow));
        row.forEach((sum, v) => {
          fn.set(sum, ops.multiplyAdd(w, xs[v]!, sum));
        });
      });
    });
    fn.set(weight, i32.add(weight, weightStep));
  });
  const position = fn.let(i32.add(sample, tile.row));
  sums.forEach((row, r) => {
    fn.scope(() => {
      product.store(position, r * stride, row);
    });
  });
}

/** g[r][k] += sum over samples of d[r] x[k]; g[r][depth] += sum of d[r]. */
export interface OuterProduct {
  readonly rows: number;
  readonly depth: number;
  /** Address of g; rows of depth + 1 values, contiguous. */
  readonly target: number;
  readonly d: RowBuffer;
  readonly x: RowBuffer;
  readonly sampleBytes: I32;
}

/**
 * Register tiles of 2 rows by 4 columns: 8 sums, 6 operands and one product, for the 15 registers that engines use. Four
 * lanes of partial sums are folded by transposing, so that columns are written as quads. A partial quad adds zeros to
 * what follows the row: keep 16 readable bytes after the last.
 */
export function emitOuterProduct(fn: FunctionBuilder, product: OuterProduct): void {
  const { depth, d } = product;
  const quads = Math.floor(depth / 4);
  const quadBytes = 4 * d.strideBytes;
  const target = fn.let(i32.constant(0));
  fn.loop(0, quads * quadBytes, quadBytes, (column) => {
    emitColumns(fn, product, 4, column, target);
    fn.set(target, i32.add(target, 16));
  });
  emitColumns(fn, product, depth % 4, i32.constant(quads * quadBytes), target);
}

/** Up to four columns of all rows; fewer than four are the last ones and the bias. */
function emitColumns(fn: FunctionBuilder, product: OuterProduct, columns: number, column: I32, target: I32): void {
  const stride = product.d.strideBytes;
  const rowBytes = (product.depth + 1) * 4;
  for (const { first, count, size } of balancedTiles(product.rows, 2)) {
    const place = fn.let(i32.add(target, first * rowBytes));
    fn.loop(first * stride, (first + count * size) * stride, size * stride, (row) => {
      emitOuterTile(fn, product, size, columns, row, column, place);
      if (count > 1) fn.set(place, i32.add(place, size * rowBytes));
    });
  }
}

function emitOuterTile(
  fn: FunctionBuilder,
  product: OuterProduct,
  rows: number,
  columns: number,
  row: I32,
  column: I32,
  target: I32,
): void {
  const { x, d, sampleBytes } = product;
  const ops = fn.f32;
  const stride = d.strideBytes;
  const bias = columns < 4;
  const width = columns + (bias ? 1 : 0);
  const sums = Array.from({ length: rows }, () => Array.from({ length: width }, () => fn.let(ops.constant(0))));
  const x0 = fn.let(column);
  const end = fn.let(i32.add(row, sampleBytes));
  // Four samples per trip: engines move all loads of a trip to its start, and more would not fit into the registers.
  fn.loop(row, end, 16, (d0) => {
    const ds = Array.from({ length: rows }, (_, r) => fn.let(ops.load(d0, d.address + r * stride)));
    for (let c = 0; c < columns; c++) {
      fn.scope(() => {
        const xs = fn.let(ops.load(x0, x.address + c * stride));
        for (let r = 0; r < rows; r++) fn.set(sums[r]![c]!, ops.multiplyAdd(ds[r]!, xs, sums[r]![c]!));
      });
    }
    if (bias) for (let r = 0; r < rows; r++) fn.accumulate(sums[r]![columns]!, ds[r]!);
    fn.set(x0, i32.add(x0, 16));
  });
  for (let r = 0; r < rows; r++) {
    const at = product.target + r * (product.depth + 1) * 4;
    fn.scope(() => {
      fn.store(target, at, ops.add(ops.load(target, at), sumQuad(fn, sums[r]!)));
    });
  }
}

/** Lane i of the result is the sum of the lanes of the i-th vector; missing vectors count as zero. */
function sumQuad(fn: FunctionBuilder, vectors: readonly Expression<'f32x4'>[]): Expression<'f32x4'> {
  const ops = fn.f32;
  const zero = ops.constant(0);
  const pair = (a: Expression<'f32x4'>, b: Expression<'f32x4'>): Expression<'f32x4'> =>
    ops.add(ops.shuffle(a, b, [0, 4, 1, 5]), ops.shuffle(a, b, [2, 6, 3, 7]));
  const low = fn.let(pair(vectors[0]!, vectors[1] ?? zero));
  const high = vectors.length > 2 ? fn.let(pair(vectors[2]!, vectors[3] ?? zero)) : zero;
  return ops.add(ops.shuffle(low, high, [0, 1, 4, 5]), ops.shuffle(low, high, [2, 3, 6, 7]));
}
