import { exponential, HqnasError, logarithm, type Rng } from '../../../core/index.js';
import { circuitGradients } from '../adjoint.js';
import { allWires, type Circuit } from '../circuit.js';
import { measurementRows, probabilities } from '../measurement.js';
import { runCircuit } from '../statevector-reference.js';

export interface EffectiveDimensionOptions {
  /** Number of data on which the model would be trained. */
  readonly data: number;
  /** Draws of the weights, uniform in [0, 2 pi). Default 20. */
  readonly weightSamples?: number;
  /** Draws of the inputs, standard normal, for each of them. Default 20. */
  readonly inputSamples?: number;
}

/**
 * Effective dimension (Abbas et al. 2021, "The power of quantum neural networks", arXiv 2011.00027) of a circuit as a model of the
 * probabilities of its basis states: at most the number of weights, less where directions of the weights do not count.
 */
export function effectiveDimension(circuit: Circuit, rng: Rng, options: EffectiveDimensionOptions): number {
  const { weightSamples = 20, inputSamples = 20 } = options;
  const model: Circuit = { ...circuit, measurement: probabilities(allWires(circuit.wires)) };
  const means = Array.from({ length: weightSamples }, () => {
    const weights = Float64Array.from({ length: circuit.weights }, () => rng.uniform(0, 2 * Math.PI));
    const mean = new Float64Array(circuit.weights ** 2);
    for (let sample = 0; sample < inputSamples; sample++) {
      const inputs = Float64Array.from({ length: circuit.inputs }, () => rng.normal());
      fisherInformation(model, inputs, weights).forEach((value, k) => (mean[k]! += value / inputSamples));
    }
    return mean;
  });
  return effectiveDimensionOf(means, options.data);
}

/** Fisher information of measured probabilities, row-major: sum_y (dp_y/dw_i) (dp_y/dw_j) / p_y. */
export function fisherInformation(
  circuit: Circuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const values = runCircuit(circuit, inputs, weights);
  const size = circuit.weights;
  const information = new Float64Array(size * size);
  const cotangent = new Float64Array(measurementRows(circuit.measurement));
  values.forEach((probability, row) => {
    // Where a probability touches 0, so does its gradient, and faster.
    if (probability < 1e-14) return;
    cotangent.fill(0);
    cotangent[row] = 1;
    const slope = circuitGradients(circuit, inputs, weights, cotangent).weights;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) information[i * size + j]! += (slope[i]! * slope[j]!) / probability;
  });
  return information;
}

/**
 * Effective dimension of Fisher matrices, each the mean over inputs at one draw of the weights. They are scaled so that their mean
 * trace is the number d of weights; with k = data / (2 pi ln data) it is 2 ln(mean of sqrt det(1 + k F)) / ln k.
 * @throws HqnasError `invalid-argument` for so few data that k is not above 1
 */
export function effectiveDimensionOf(fishers: readonly Float64Array[], data: number): number {
  const size = Math.sqrt(fishers[0]?.length ?? 0);
  const kappa = data / (2 * Math.PI * logarithm(data));
  if (!(kappa > 1) || data < 3) {
    throw new HqnasError({
      code: 'invalid-argument',
      where: 'effective dimension',
      what: 'the effective dimension is not defined for so few data',
      expected: 'at least 19',
      got: String(data),
    });
  }
  const trace =
    fishers.reduce(
      (sum, matrix) => sum + matrix.reduce((own, value, k) => (k % (size + 1) === 0 ? own + value : own), 0),
      0,
    ) / fishers.length;
  if (trace === 0) return 0;
  const halves = fishers.map((matrix) => logDeterminant(matrix, size, (kappa * size) / trace) / 2);
  const largest = Math.max(...halves);
  const mean = halves.reduce((sum, value) => sum + exponential(value - largest), 0) / halves.length;
  return (2 * (largest + logarithm(mean))) / logarithm(kappa);
}

/** ln det(1 + factor M) of a positive semidefinite matrix, by Cholesky decomposition. */
function logDeterminant(matrix: Float64Array, size: number, factor: number): number {
  const lower = new Float64Array(size * size);
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = factor * matrix[row * size + column]! + (row === column ? 1 : 0);
      for (let k = 0; k < column; k++) value -= lower[row * size + k]! * lower[column * size + k]!;
      if (row === column) {
        sum += logarithm(value);
        lower[row * size + row] = Math.sqrt(value);
      } else lower[row * size + column] = value / lower[column * size + column]!;
    }
  }
  return sum;
}
