import { defineOp, type RowBuffer } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** The rows of all inputs, one after another. */
export const concat = defineOp({
  id: 'core/concat',
  summary: 'rows of several tensors, one after another',
  saves: [],
  shape(inputRows, parameterShapes) {
    requireShape(inputRows.length > 0, 'core/concat', 'at least one input', 'none');
    requireOperands('core/concat', inputRows, inputRows.length, parameterShapes);
    return inputRows.reduce((sum, rows) => sum + rows, 0);
  },
  reference: {
    forward(inputs) {
      const y = new Float64Array(inputs.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const x of inputs) {
        y.set(x, at);
        at += x.length;
      }
      return y;
    },
    backward(inputs, _parameters, _output, dy) {
      let at = 0;
      return { inputs: inputs.map(({ length }) => dy.slice(at, (at += length))), parameters: [] };
    },
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }) {
      parts(inputs, output).forEach((part, i) => {
        const input = inputs[i]!;
        mapVectors(fn, input, sampleBytes, { address: part }, (position, offset) =>
          fn.f32.load(position, input.address + offset),
        );
      });
    },
    backward(fn, { inputs, outputGradient, inputGradients, sampleBytes }) {
      parts(inputs, outputGradient).forEach((part, i) => {
        const target = inputGradients[i];
        if (target === undefined) return;
        mapVectors(fn, target, sampleBytes, target, (position, offset) => fn.f32.load(position, part + offset));
      });
    },
  },
});

/** Address in `whole` of the first row of each input. */
function parts(inputs: readonly RowBuffer[], whole: RowBuffer): number[] {
  let address = whole.address;
  return inputs.map(({ rows, strideBytes }) => {
    const part = address;
    address += rows * strideBytes;
    return part;
  });
}
