import { i32 } from '../kernel/function-builder.js';
import type { SingleKernel } from '../op.js';
import { balancedTiles } from './matrix-kernels.js';

/** Vectors of sums of a tile; with as many weights, one input and one product they fit into 15 registers. */
const tileVectors = 6;

function vectorBytes(rows: number): number {
  return Math.ceil(rows / 4) * 16;
}

/**
 * y = W [x; 1] for one sample: four units per vector, which needs the weights column by column, each column filled up
 * with zeros to whole vectors. The bias comes first and inputs follow in order, as in the kernel for many samples.
 */
export const affineSingle: SingleKernel<unknown> = {
  tableBytes: ([depth], units) => (depth! + 1) * vectorBytes(units),
  fillTable({ f32 }, { inputs, output, parameters, table }) {
    const columns = inputs[0]!.rows + 1;
    const columnLength = vectorBytes(output.rows) / 4;
    let from = parameters[0]! / 4;
    for (let unit = 0; unit < output.rows; unit++) {
      let to = table / 4 + unit;
      for (let column = 0; column < columns; column++, to += columnLength) f32[to] = f32[from++]!;
    }
  },
  forward(fn, { inputs, output, table }) {
    const ops = fn.f32;
    const x = inputs[0]!;
    const columnBytes = vectorBytes(output.rows);
    const bias = table + x.rows * columnBytes;
    for (const { first, count, size } of balancedTiles(columnBytes / 16, tileVectors)) {
      const bytes = size * 16;
      fn.loop(first * 16, first * 16 + count * bytes, bytes, (tile) => {
        const sums = Array.from({ length: size }, (_, i) => fn.let(ops.load(tile, bias + i * 16)));
        const weights = fn.let(tile);
        fn.loop(0, x.rows * 4, 4, (k) => {
          const input = fn.let(ops.loadSplat(k, x.address));
          sums.forEach((sum, i) => {
            fn.set(sum, ops.multiplyAdd(ops.load(weights, table + i * 16), input, sum));
          });
          fn.set(weights, i32.add(weights, columnBytes));
        });
        sums.forEach((sum, i) => {
          fn.store(tile, output.address + i * 16, sum);
        });
      });
    }
  },
};
