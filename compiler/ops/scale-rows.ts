import { type FunctionBuilder, i32, scalar } from '../kernel/function-builder.js';
import type { Expression } from '../kernel/expression.js';
import { defineOp, type RowBuffer } from '../op.js';
import { storeGradient, sumLanes } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** y[r] = w[r] x[r]: one trainable factor per row, weights [rows]. */
export const scaleRows = defineOp({
  id: 'core/scale-rows',
  summary: 'multiplication of each row by a trainable factor',
  saves: ['inputs'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/scale-rows', inputRows, 1, parameterShapes, 1);
    const rows = inputRows[0]!;
    const shape = parameterShapes[0]!;
    requireShape(
      shape.length === 1 && shape[0] === rows,
      'core/scale-rows',
      `weights [${rows}]`,
      `[${shape.join(', ')}]`,
    );
    return rows;
  },
  reference: {
    forward: ([x], [w], samples) => x!.map((value, i) => value * w![Math.floor(i / samples)]!),
    backward([x], [w], _output, dy, samples) {
      const dw = new Float64Array(w!.length);
      dy.forEach((cotangent, i) => (dw[Math.floor(i / samples)]! += cotangent * x![i]!));
      return { inputs: [dy.map((cotangent, i) => cotangent * w![Math.floor(i / samples)]!)], parameters: [dw] };
    },
  },
  kernel: {
    forward(fn, { inputs, output, parameters, sampleBytes }) {
      eachRow(fn, output, sampleBytes, (position, weight) => {
        const w = fn.f32.loadSplat(weight, parameters[0]);
        fn.store(position, output.address, fn.f32.multiply(fn.f32.load(position, inputs[0]!.address), w));
      });
    },
    backward(fn, { inputs, output, outputGradient, inputGradients, parameters, parameterGradients, sampleBytes }) {
      const ops = fn.f32;
      const dx = inputGradients[0];
      const sum = fn.let(ops.constant(0));
      const body = (position: Expression<'i32'>, weight: Expression<'i32'>): void => {
        const dy = fn.let(ops.load(position, outputGradient.address));
        fn.set(sum, ops.multiplyAdd(dy, ops.load(position, inputs[0]!.address), sum));
        if (dx === undefined) return;
        storeGradient(fn, dx, position, 0, ops.multiply(dy, ops.loadSplat(weight, parameters[0])));
      };
      eachRow(fn, output, sampleBytes, body, (weight) => {
        fn.store(
          weight,
          parameterGradients[0]!,
          scalar.add(ops.loadElement(weight, parameterGradients[0]), sumLanes(fn, sum)),
        );
        fn.set(sum, ops.constant(0));
      });
    },
  },
});

/** `weight` is the byte offset of the row's value in a vector of one value per row. */
function eachRow(
  fn: FunctionBuilder,
  { rows, strideBytes }: RowBuffer,
  sampleBytes: Expression<'i32'>,
  body: (position: Expression<'i32'>, weight: Expression<'i32'>) => void,
  after: (weight: Expression<'i32'>) => void = () => undefined,
): void {
  const weight = fn.let(i32.constant(0));
  fn.loop(0, rows * strideBytes, strideBytes, (row) => {
    const end = fn.let(i32.add(row, sampleBytes));
    fn.loop(row, end, 16, (position) => {
      body(position, weight);
    });
    after(weight);
    fn.set(weight, i32.add(weight, 4));
  });
}
