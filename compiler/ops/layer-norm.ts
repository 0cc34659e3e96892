import type { Expression } from '../kernel/expression.js';
import { type FunctionBuilder, i32, scalar } from '../kernel/function-builder.js';
import { type BackwardAddresses, defineOp, type ForwardAddresses } from '../op.js';
import { forEachSample, storeGradient, sumLanes } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

type F32x4 = Expression<'f32x4'>;
type I32 = Expression<'i32'>;

/**
 * y[r] = gain[r] z[r] + bias[r] with z = (x - mean) / sqrt(variance + epsilon), mean and variance over the rows of each
 * sample (Ba, Kiros and Hinton 2016, arXiv 1607.06450). Weights [2, rows]: gains, then biases.
 */
export const layerNorm = defineOp<{ epsilon: number }>({
  id: 'core/layer-norm',
  summary: 'normalization over the rows of each sample',
  saves: ['inputs'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/layer-norm', inputRows, 1, parameterShapes, 1);
    const rows = inputRows[0]!;
    const shape = parameterShapes[0]!;
    const fits = shape.length === 2 && shape[0] === 2 && shape[1] === rows;
    requireShape(fits, 'core/layer-norm', `weights [2, ${rows}]`, `[${shape.join(', ')}]`);
    return rows;
  },
  workspace: (_rows, capacity) => ({ mean: { bytes: capacity * 4 }, scale: { bytes: capacity * 4 } }),
  reference: {
    forward([x], [w], samples, { epsilon }) {
      const rows = x!.length / samples;
      const z = normalize(x!, samples, epsilon).z;
      return z.map((value, i) => w![Math.floor(i / samples)]! * value + w![rows + Math.floor(i / samples)]!);
    },
    backward([x], [w], _output, dy, samples, { epsilon }) {
      const rows = x!.length / samples;
      const { z, scale } = normalize(x!, samples, epsilon);
      const dw = new Float64Array(2 * rows);
      const dx = new Float64Array(x!.length);
      for (let s = 0; s < samples; s++) {
        let sum = 0;
        let product = 0;
        for (let r = 0; r < rows; r++) {
          const i = r * samples + s;
          dw[r]! += dy[i]! * z[i]!;
          dw[rows + r]! += dy[i]!;
          sum += dy[i]! * w![r]!;
          product += dy[i]! * w![r]! * z[i]!;
        }
        for (let r = 0; r < rows; r++) {
          const i = r * samples + s;
          dx[i] = scale[s]! * (dy[i]! * w![r]! - sum / rows - (z[i]! * product) / rows);
        }
      }
      return { inputs: [dx], parameters: [dw] };
    },
  },
  kernel: {
    forward(fn, at, { epsilon }) {
      const ops = fn.f32;
      const { inputs, output, parameters, workspace, sampleBytes } = at;
      const { rows } = output;
      const share = ops.constant(1 / rows);
      forEachSample(fn, sampleBytes, (sample) => {
        const mean = fn.let(ops.constant(0));
        forEachRow(fn, at, sample, (position) => {
          fn.accumulate(mean, ops.load(position, inputs[0]!.address));
        });
        fn.set(mean, ops.multiply(mean, share));
        const variance = fn.let(ops.constant(0));
        forEachRow(fn, at, sample, (position) => {
          const difference = fn.let(ops.subtract(ops.load(position, inputs[0]!.address), mean));
          fn.set(variance, ops.multiplyAdd(difference, difference, variance));
        });
        const deviation = ops.sqrt(ops.add(ops.multiply(variance, share), ops.constant(epsilon)));
        const scale = fn.let(ops.divide(ops.constant(1), deviation));
        fn.store(sample, workspace['mean']!, mean);
        fn.store(sample, workspace['scale']!, scale);
        forEachRow(fn, at, sample, (position, weight) => {
          const z = ops.multiply(ops.subtract(ops.load(position, inputs[0]!.address), mean), scale);
          const [gain, bias] = weights(fn, weight, parameters[0]!, rows);
          fn.store(position, output.address, ops.multiplyAdd(z, gain, bias));
        });
      });
    },
    backward(fn, at) {
      emitWeightGradients(fn, at);
      const target = at.inputGradients[0];
      if (target === undefined) return;
      const ops = fn.f32;
      const { inputs, output, outputGradient, parameters, workspace, sampleBytes } = at;
      const share = ops.constant(1 / output.rows);
      forEachSample(fn, sampleBytes, (sample) => {
        const mean = fn.let(ops.load(sample, workspace['mean']));
        const scale = fn.let(ops.load(sample, workspace['scale']));
        const normalized = (position: I32): F32x4 =>
          ops.multiply(ops.subtract(ops.load(position, inputs[0]!.address), mean), scale);
        const cotangent = (position: I32, weight: I32): F32x4 =>
          ops.multiply(ops.load(position, outputGradient.address), weights(fn, weight, parameters[0]!, output.rows)[0]);
        const sum = fn.let(ops.constant(0));
        const product = fn.let(ops.constant(0));
        forEachRow(fn, at, sample, (position, weight) => {
          const dz = fn.let(cotangent(position, weight));
          fn.accumulate(sum, dz);
          fn.set(product, ops.multiplyAdd(dz, normalized(position), product));
        });
        fn.set(sum, ops.multiply(sum, share));
        fn.set(product, ops.multiply(product, share));
        forEachRow(fn, at, sample, (position, weight) => {
          const centred = ops.subtract(cotangent(position, weight), sum);
          const dx = ops.multiply(scale, ops.negativeMultiplyAdd(normalized(position), product, centred));
          storeGradient(fn, target, position, 0, dx);
        });
      });
    },
  },
});

/** `weight` is the byte offset of the row's gain. */
function forEachRow(
  fn: FunctionBuilder,
  { output: { rows, strideBytes } }: ForwardAddresses,
  sample: I32,
  body: (position: I32, weight: I32) => void,
): void {
  const weight = fn.let(i32.constant(0));
  const end = fn.let(i32.add(sample, rows * strideBytes));
  fn.loop(sample, end, strideBytes, (position) => {
    body(position, weight);
    fn.set(weight, i32.add(weight, 4));
  });
}

function weights(fn: FunctionBuilder, weight: I32, address: number, rows: number): readonly [F32x4, F32x4] {
  return [fn.f32.loadSplat(weight, address), fn.f32.loadSplat(weight, address + rows * 4)];
}

function emitWeightGradients(fn: FunctionBuilder, at: BackwardAddresses): void {
  const { inputs, output, outputGradient, parameterGradients, workspace, sampleBytes } = at;
  const ops = fn.f32;
  const target = parameterGradients[0]!;
  const weight = fn.let(i32.constant(0));
  fn.loop(0, output.rows * output.strideBytes, output.strideBytes, (row) => {
    const gain = fn.let(ops.constant(0));
    const bias = fn.let(ops.constant(0));
    fn.loop(0, sampleBytes, 16, (sample) => {
      const position = fn.let(i32.add(sample, row));
      const dy = fn.let(ops.load(position, outputGradient.address));
      const centred = ops.subtract(ops.load(position, inputs[0]!.address), ops.load(sample, workspace['mean']));
      fn.set(gain, ops.multiplyAdd(dy, ops.multiply(centred, ops.load(sample, workspace['scale'])), gain));
      fn.accumulate(bias, dy);
    });
    [gain, bias].forEach((sum, part) => {
      const place = target + part * output.rows * 4;
      fn.store(weight, place, scalar.add(ops.loadElement(weight, place), sumLanes(fn, sum)));
    });
    fn.set(weight, i32.add(weight, 4));
  });
}

function normalize(x: Float64Array, samples: number, epsilon: number): { z: Float64Array; scale: Float64Array } {
  const rows = x.length / samples;
  const z = new Float64Array(x.length);
  const scale = new Float64Array(samples);
  for (let s = 0; s < samples; s++) {
    let mean = 0;
    let variance = 0;
    for (let r = 0; r < rows; r++) mean += x[r * samples + s]! / rows;
    for (let r = 0; r < rows; r++) variance += (x[r * samples + s]! - mean) ** 2 / rows;
    scale[s] = 1 / Math.sqrt(variance + epsilon);
    for (let r = 0; r < rows; r++) z[r * samples + s] = (x[r * samples + s]! - mean) * scale[s]!;
  }
  return { z, scale };
}
