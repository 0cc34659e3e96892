import type { Expression } from '../kernel/expression.js';
import { type FunctionBuilder, i32 } from '../kernel/function-builder.js';
import { exponential } from '../kernel/math/exponential.js';
import { logarithm } from '../kernel/math/logarithm.js';
import { defineOp, type RowBuffer } from '../op.js';
import { forEachSample, storeGradient } from './row-pass.js';
import { requireOperands } from './shape-rules.js';

/** y[r] = e^x[r] / sum of e^x over the rows of a sample; dx = y (dy - sum(y dy)). */
export const softmax = defineOp({
  id: 'core/softmax',
  summary: 'probabilities from scores, over the rows of each sample',
  saves: ['output'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/softmax', inputRows, 1, parameterShapes);
    return inputRows[0]!;
  },
  reference: {
    forward: ([x], _parameters, samples) => x!.map((value, i) => Math.exp(value - logSum(x!, samples, i % samples))),
    backward(_inputs, _parameters, y, dy, samples) {
      const sums = columnSums(
        y.map((value, i) => value * dy[i]!),
        samples,
      );
      return { inputs: [y.map((value, i) => value * (dy[i]! - sums[i % samples]!))], parameters: [] };
    },
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }) {
      forEachSample(fn, sampleBytes, (sample) => {
        const largest = largestOf(fn, inputs[0]!, sample);
        const sum = fn.let(fn.f32.constant(0));
        forEachRow(fn, output, sample, (position) => {
          const e = fn.let(
            exponential(fn, fn.f32, fn.f32.subtract(fn.f32.load(position, inputs[0]!.address), largest)),
          );
          fn.store(position, output.address, e);
          fn.accumulate(sum, e);
        });
        forEachRow(fn, output, sample, (position) => {
          fn.store(position, output.address, fn.f32.divide(fn.f32.load(position, output.address), sum));
        });
      });
    },
    backward(fn, { output, outputGradient, inputGradients, sampleBytes }) {
      const target = inputGradients[0];
      if (target === undefined) return;
      const ops = fn.f32;
      forEachSample(fn, sampleBytes, (sample) => {
        const sum = fn.let(ops.constant(0));
        forEachRow(fn, output, sample, (position) => {
          const y = ops.load(position, output.address);
          fn.set(sum, ops.multiplyAdd(y, ops.load(position, outputGradient.address), sum));
        });
        forEachRow(fn, output, sample, (position) => {
          const difference = ops.subtract(ops.load(position, outputGradient.address), sum);
          storeGradient(fn, target, position, 0, ops.multiply(ops.load(position, output.address), difference));
        });
      });
    },
  },
});

/** y[r] = x[r] - ln(sum of e^x over the rows of a sample); dx = dy - e^y sum(dy). */
export const logSoftmax = defineOp({
  id: 'core/log-softmax',
  summary: 'logarithms of probabilities from scores, over the rows of each sample',
  saves: ['output'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/log-softmax', inputRows, 1, parameterShapes);
    return inputRows[0]!;
  },
  reference: {
    forward: ([x], _parameters, samples) => x!.map((value, i) => value - logSum(x!, samples, i % samples)),
    backward(_inputs, _parameters, y, dy, samples) {
      const sums = columnSums(dy, samples);
      return { inputs: [dy.map((value, i) => value - Math.exp(y[i]!) * sums[i % samples]!)], parameters: [] };
    },
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }) {
      const ops = fn.f32;
      forEachSample(fn, sampleBytes, (sample) => {
        const largest = largestOf(fn, inputs[0]!, sample);
        const sum = fn.let(ops.constant(0));
        forEachRow(fn, output, sample, (position) => {
          const shifted = fn.let(ops.subtract(ops.load(position, inputs[0]!.address), largest));
          fn.store(position, output.address, shifted);
          fn.accumulate(sum, exponential(fn, ops, shifted));
        });
        fn.set(sum, logarithm(fn, ops, sum));
        forEachRow(fn, output, sample, (position) => {
          fn.store(position, output.address, ops.subtract(ops.load(position, output.address), sum));
        });
      });
    },
    backward(fn, { output, outputGradient, inputGradients, sampleBytes }) {
      const target = inputGradients[0];
      if (target === undefined) return;
      const ops = fn.f32;
      forEachSample(fn, sampleBytes, (sample) => {
        const sum = fn.let(ops.constant(0));
        forEachRow(fn, output, sample, (position) => {
          fn.accumulate(sum, ops.load(position, outputGradient.address));
        });
        forEachRow(fn, output, sample, (position) => {
          const probability = fn.let(exponential(fn, ops, ops.load(position, output.address)));
          const dy = ops.load(position, outputGradient.address);
          storeGradient(fn, target, position, 0, ops.negativeMultiplyAdd(probability, sum, dy));
        });
      });
    },
  },
});

function forEachRow(
  fn: FunctionBuilder,
  { rows, strideBytes }: RowBuffer,
  sample: Expression<'i32'>,
  body: (position: Expression<'i32'>) => void,
): void {
  const end = fn.let(i32.add(sample, rows * strideBytes));
  fn.loop(sample, end, strideBytes, body);
}

function largestOf(fn: FunctionBuilder, x: RowBuffer, sample: Expression<'i32'>): Expression<'f32x4'> {
  const largest = fn.let(fn.f32.load(sample, x.address));
  forEachRow(fn, x, sample, (position) => {
    fn.set(largest, fn.f32.maximum(largest, fn.f32.load(position, x.address)));
  });
  return largest;
}

function logSum(x: Float64Array, samples: number, sample: number): number {
  const column = x.filter((_, i) => i % samples === sample);
  const largest = Math.max(...column);
  return largest + Math.log(column.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

function columnSums(x: Float64Array, samples: number): Float64Array {
  const sums = new Float64Array(samples);
  x.forEach((value, i) => (sums[i % samples]! += value));
  return sums;
}
