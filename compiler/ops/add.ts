import { defineOp } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** y = a + b. */
export const add = defineOp({
  id: 'core/add',
  summary: 'sum of two tensors',
  saves: [],
  shape(inputRows, parameterShapes) {
    requireOperands('core/add', inputRows, 2, parameterShapes);
    requireShape(inputRows[0] === inputRows[1], 'core/add', 'equal numbers of rows', inputRows.join(' and '));
    return inputRows[0]!;
  },
  reference: {
    forward: ([a, b]) => a!.map((value, i) => value + b![i]!),
    backward: (_inputs, _parameters, _output, dy) => ({ inputs: [dy, dy], parameters: [] }),
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }) {
      const [a, b] = [inputs[0]!.address, inputs[1]!.address];
      mapVectors(fn, output, sampleBytes, output, (position, offset) =>
        fn.f32.add(fn.f32.load(position, a + offset), fn.f32.load(position, b + offset)),
      );
    },
    backward(fn, { output, outputGradient, inputGradients, sampleBytes }) {
      for (const target of inputGradients) {
        if (target === undefined) continue;
        mapVectors(fn, output, sampleBytes, target, (position, offset) =>
          fn.f32.load(position, outputGradient.address + offset),
        );
      }
    },
  },
});
