import { int, scalar } from '../kernel/function-builder.js';
import { defineOp } from '../op.js';
import { mapVectors, sumLanes } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** y = [x; w]: below the rows of x trainable rows that are the same for every sample, weights [rows]. */
export const appendRows = defineOp({
  id: 'core/append-rows',
  summary: 'trainable rows, equal for all samples, below those of a tensor',
  saves: [],
  shape(inputRows, parameterShapes) {
    requireOperands('core/append-rows', inputRows, 1, parameterShapes, 1);
    const shape = parameterShapes[0]!;
    requireShape(shape.length === 1, 'core/append-rows', 'weights [rows]', `[${shape.join(', ')}]`);
    return inputRows[0]! + shape[0]!;
  },
  reference: {
    forward: ([x], [w], samples) =>
      Float64Array.from([...x!, ...[...w!].flatMap((value) => Array<number>(samples).fill(value))]),
    backward([x], [w], _output, dy, samples) {
      const below = dy.subarray(x!.length);
      const dw = w!.map((_, row) => below.subarray(row * samples, (row + 1) * samples).reduce((a, b) => a + b, 0));
      return { inputs: [dy.slice(0, x!.length)], parameters: [dw] };
    },
  },
  kernel: {
    single: {
      forward(fn, { inputs, output, parameters }) {
        const x = inputs[0]!;
        fn.loop(0, x.rows * 4, 16, (position) => {
          fn.store(position, output.address, fn.f32.load(position, x.address));
        });
        // The rows below need not begin at a whole vector.
        fn.loop(0, (output.rows - x.rows) * 4, 4, (position) => {
          fn.store(position, output.address + x.rows * 4, fn.f32.loadElement(position, parameters[0]));
        });
      },
    },
    forward(fn, { inputs, output, parameters, sampleBytes }) {
      const x = inputs[0]!;
      mapVectors(fn, x, sampleBytes, output, (position, offset) => fn.f32.load(position, x.address + offset));
      for (let row = x.rows; row < output.rows; row++) {
        fn.scope(() => {
          const value = fn.let(fn.f32.loadSplat(int((row - x.rows) * 4), parameters[0]));
          fn.loop(0, sampleBytes, 16, (position) => {
            fn.store(position, output.address + row * output.strideBytes, value);
          });
        });
      }
    },
    backward(fn, { inputs, output, outputGradient, inputGradients, parameterGradients, sampleBytes }) {
      const { rows } = inputs[0]!;
      const ops = fn.f32;
      const dx = inputGradients[0];
      if (dx !== undefined) {
        mapVectors(fn, dx, sampleBytes, dx, (position, offset) => ops.load(position, outputGradient.address + offset));
      }
      for (let row = rows; row < output.rows; row++) {
        fn.scope(() => {
          const sum = fn.let(ops.constant(0));
          fn.loop(0, sampleBytes, 16, (position) => {
            fn.accumulate(sum, ops.load(position, outputGradient.address + row * outputGradient.strideBytes));
          });
          const weight = int((row - rows) * 4);
          const before = ops.loadElement(weight, parameterGradients[0]);
          fn.store(weight, parameterGradients[0]!, scalar.add(before, sumLanes(fn, sum)));
        });
      }
    },
  },
});
