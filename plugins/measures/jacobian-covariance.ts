import { defineMeasure, integer, logarithm, type Model, type StateSample } from '../../core/index.js';
import { clearCotangents, writeObservations } from './likelihood.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/** Keeps logarithms and quotients finite, as in the paper. */
const k = 1e-5;

/**
 * How differently an untrained policy reacts in different states (Mellor, Turner, Storkey and Crowley 2021, "Neural architecture
 * search without training", arXiv 2006.04647, first version): Jacobians of the policy's outputs with respect to the observation,
 * one row per state, their correlation matrix with eigenvalues v_i, and S = -sum_i log(v_i + k) + 1 / (v_i + k). Jacobians here
 * have few entries, observation rows times policy rows: more states than that would only add eigenvalues of zero.
 */
export const jacobianCovariance = defineMeasure({
  id: 'measures/jacobian-covariance',
  summary: 'how little the Jacobians of the untrained policy in different states resemble each other',
  direction: 'maximise',
  options: {
    states: integer(2, 64, { fallback: 16, help: 'states; at most observation rows times policy rows are used' }),
    draws: integer(1, 1000, { fallback: 4, help: 'start values that it is averaged over' }),
  },
  of({ drawWithInputGradients, states, rng }, { states: most, draws }) {
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      const rows = inputJacobians(drawWithInputGradients(rng.fork('draw', i)), states(), most);
      const count = rows.length;
      const correlations = new Float64Array(count * count);
      const unit = rows.map(standardised);
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) correlations[a * count + b] = dot(unit[a]!, unit[b]!);
      }
      for (const value of symmetricEigenvalues(correlations, count)) {
        // An eigenvalue of zero may come out as a little less.
        const v = Math.max(0, value) + k;
        sum -= logarithm(v) + 1 / v;
      }
    }
    return sum / draws;
  },
});

/** One row per state: d output_r / d observation_d, output by output. */
function inputJacobians({ program }: Model, states: StateSample, most: number): Float64Array[] {
  const outputs = program.outputs['policy']!.rows;
  const inputs = program.inputs[0]!;
  const gradients = program.inputGradients![0]!;
  const cotangent = program.outputGradients['policy']!;
  const count = Math.min(most, states.count, outputs * inputs.rows);
  const jacobians = Array.from({ length: count }, () => new Float64Array(outputs * inputs.rows));
  for (let output = 0; output < outputs; output++) {
    writeObservations(states, 0, count, inputs);
    program.forward(count);
    clearCotangents(program.outputGradients);
    cotangent.data.fill(1, output * cotangent.stride, output * cotangent.stride + count);
    program.backward(count);
    program.zeroGradients();
    jacobians.forEach((jacobian, column) => {
      for (let row = 0; row < inputs.rows; row++) {
        jacobian[output * inputs.rows + row] = gradients.data[row * gradients.stride + column]!;
      }
    });
  }
  return jacobians;
}

/** Mean 0 and length 1; NaN where all entries are equal. */
function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(dot(centred, centred));
  return centred.map((value) => value / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
