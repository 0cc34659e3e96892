import { defineOp } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/** y = a b, element by element. */
export const multiply = defineOp({
  id: 'core/multiply',
  summary: 'elementwise product of two tensors',
  saves: ['inputs'],
  shape(inputRows, parameterShapes) {
    requireOperands('core/multiply', inputRows, 2, parameterShapes);
    requireShape(inputRows[0] === inputRows[1], 'core/multiply', 'equal numbers of rows', inputRows.join(' and '));
    return inputRows[0]!;
  },
  reference: {
    forward: ([a, b]) => a!.map((value, i) => value * b![i]!),
    backward: ([a, b], _parameters, _output, dy) => ({
      inputs: [dy.map((cotangent, i) => cotangent * b![i]!), dy.map((cotangent, i) => cotangent * a![i]!)],
      parameters: [],
    }),
  },
  kernel: {
    forward(fn, { inputs, output, sampleBytes }) {
      const [a, b] = [inputs[0]!.address, inputs[1]!.address];
      mapVectors(fn, output, sampleBytes, output, (position, offset) =>
        fn.f32.multiply(fn.f32.load(position, a + offset), fn.f32.load(position, b + offset)),
      );
    },
    backward(fn, { inputs, output, outputGradient, inputGradients, sampleBytes }) {
      inputGradients.forEach((target, i) => {
        if (target === undefined) return;
        const other = inputs[1 - i]!.address;
        mapVectors(fn, output, sampleBytes, target, (position, offset) => {
          const dy = fn.f32.load(position, outputGradient.address + offset);
          return fn.f32.multiply(dy, fn.f32.load(position, other + offset));
        });
      });
    },
  },
});
