import { defineMeasure, integer, logarithm, type Model, type StateSample } from '../../core/index.js';
import { clearCotangents, writeObservations } from './likelihood.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/** Eigenvalues below this share of the largest are rounding of float32 gradients. */
const smallest = 1e-6;

/**
 * Condition of the neural tangent kernel of the policy at the start (Chen, Gong and Wang 2021, "Neural architecture search on
 * ImageNet in four GPU hours", TE-NAS, arXiv 2102.11535, equation 3): networks whose kernel has eigenvalues of much the same size
 * learn all of a task at the same pace. K_ij = sum_r <d y_r(x_i)/d w, d y_r(x_j)/d w> over the outputs r, which makes it
 * independent of their signs; the published code takes the gradient of the sum of outputs. Given is the natural logarithm, since
 * a mean of conditions would be that of the worst draw, and at most ln 1e6.
 */
export const ntkCondition = defineMeasure({
  id: 'measures/ntk-condition',
  summary: "logarithm of the condition number of the untrained policy's tangent kernel",
  direction: 'minimise',
  options: {
    states: integer(2, 64, { fallback: 16, help: 'states that the kernel is taken over' }),
    draws: integer(1, 1000, { fallback: 4, help: 'start values that it is averaged over' }),
  },
  of({ draw, states, rng }, { states: count, draws }) {
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      const values = symmetricEigenvalues(tangentKernel(draw(rng.fork('draw', i)), states(), count), count);
      const largest = values[count - 1]!;
      sum += logarithm(largest / Math.max(values[0]!, smallest * largest));
    }
    return sum / draws;
  },
});

/** The kernel over the first `count` states, row by row. */
function tangentKernel({ program, counts }: Model, states: StateSample, count: number): Float64Array {
  const outputs = program.outputs['policy']!.rows;
  const cotangent = program.outputGradients['policy']!;
  const size = counts.policyParameters;
  const kernel = new Float64Array(count * count);
  for (let output = 0; output < outputs; output++) {
    const gradients: Float32Array[] = [];
    for (let state = 0; state < count; state++) {
      writeObservations(states, state, 1, program.inputs[0]!);
      program.forward(1);
      clearCotangents(program.outputGradients);
      cotangent.data[output * cotangent.stride] = 1;
      program.zeroGradients();
      program.backward(1);
      gradients.push(program.gradients.slice(0, size));
    }
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let w = 0; w < size; w++) sum += gradients[a]![w]! * gradients[b]![w]!;
        kernel[a * count + b]! += sum;
        if (a !== b) kernel[b * count + a]! += sum;
      }
    }
  }
  return kernel;
}
