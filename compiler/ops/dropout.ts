import { defineOp } from '../op.js';
import { mapVectors } from './row-pass.js';
import { requireOperands, requireShape } from './shape-rules.js';

/**
 * y = mask x, where each element of the mask is 0 with probability `rate` and else 1 / (1 - rate) (Srivastava et al.
 * 2014, JMLR 15, inverted form). Masks are drawn before each forward call while `Program.setDropout` has given a stream;
 * otherwise, and in the float64 reference, the mask is 1.
 */
export const dropout = defineOp<{ rate: number }>({
  id: 'core/dropout',
  summary: 'random removal of elements during training',
  saves: [],
  shape(inputRows, parameterShapes, { rate }) {
    requireOperands('core/dropout', inputRows, 1, parameterShapes);
    requireShape(rate >= 0 && rate < 1, 'core/dropout', 'a rate in [0, 1)', String(rate));
    return inputRows[0]!;
  },
  workspace: ([rows], capacity) => ({ mask: { bytes: rows! * capacity * 4 } }),
  reference: {
    forward: ([x]) => x!.slice(),
    backward: (_inputs, _parameters, _output, dy) => ({ inputs: [dy], parameters: [] }),
  },
  kernel: {
    initialize({ f32 }, { workspace, output, capacity }) {
      const start = workspace['mask']! / 4;
      f32.fill(1, start, start + output.rows * capacity);
    },
    randomize({ f32 }, { workspace, output, capacity, samples }, { rate }, rng) {
      const start = workspace['mask']! / 4;
      const kept = 1 / (1 - rate);
      for (let row = 0; row < output.rows; row++) {
        const first = start + row * capacity;
        for (let at = first; at < first + samples; at++)
          f32[at] = rng === undefined ? 1 : rng.float() < rate ? 0 : kept;
      }
    },
    forward(fn, { inputs, output, workspace, sampleBytes }) {
      mapVectors(fn, output, sampleBytes, output, (position, offset) => {
        const mask = fn.f32.load(position, workspace['mask']! + offset);
        return fn.f32.multiply(fn.f32.load(position, inputs[0]!.address + offset), mask);
      });
    },
    backward(fn, { output, outputGradient, inputGradients, workspace, sampleBytes }) {
      const target = inputGradients[0];
      if (target === undefined) return;
      mapVectors(fn, output, sampleBytes, target, (position, offset) => {
        const mask = fn.f32.load(position, workspace['mask']! + offset);
        return fn.f32.multiply(fn.f32.load(position, outputGradient.address + offset), mask);
      });
    },
  },
});
