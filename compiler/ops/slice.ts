import { defineOp } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** `rows` rows of the input from row `first` on. */
export const slice = defineOp<{ first: number; rows: number }>({
  id: 'core/slice',
  summary: 'some neighbouring rows of a tensor',
  saves: [],
  shape(inputRows, parameterShapes, { first, rows }) {
    requireOperands('core/slice', inputRows, 1, parameterShapes);
    const fits =
      Number.isInteger(first) && Number.isInteger(rows) && first >= 0 && rows >= 1 && first + rows <= inputRows[0]!;
    requireShape(fits, 'core/slice', `rows within 0 to ${inputRows[0]! - 1}`, `${rows} rows from ${first}`);
    return rows;
  },
  reference: {
    forward: ([x], _parameters, samples, { first, rows }) => x!.slice(first * samples, (first + rows) * samples),
    backward([x], _parameters, _output, dy, samples, { first }) {
      const dx = new Float64Array(x!.length);
      dx.set(dy, first * samples);
      return { inputs: [dx], parameters: [] };
    },
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }, { first }) {
      const from = inputs[0]!.address + first * output.strideBytes;
      mapVectors(fn, output, sampleBytes, output, (position, offset) => fn.f32.load(position, from + offset));
    },
    backward(fn, { inputGradients, outputGradient, sampleBytes }, { first, rows }) {
      const target = inputGradients[0];
      if (target === undefined) return;
      const { strideBytes } = target;
      const window = { address: target.address + first * strideBytes, accumulate: target.accumulate };
      mapVectors(fn, outputGradient, sampleBytes, window, (position, offset) =>
        fn.f32.load(position, outputGradient.address + offset),
      );
      if (target.accumulate) return;
      const last = first + rows;
      const outside = [
        { address: target.address, rows: first, strideBytes },
        { address: target.address + last * strideBytes, rows: target.rows - last, strideBytes },
      ];
      for (const part of outside) {
        mapVectors(fn, part, sampleBytes, part, () => fn.f32.constant(0));
      }
    },
  },
});
