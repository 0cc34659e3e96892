import type { Rng } from '../../../core/index.js';
import { circuitGradients } from '../adjoint.js';
import { requireWhole } from '../check-number.js';
import type { Circuit } from '../circuit.js';
import { measurementRows } from '../measurement.js';

export interface GradientVarianceOptions {
  /** Random points, two at least. Default 200. */
  readonly samples?: number;
  /** The cost is the sum of outputs times these. Default: the first output alone. */
  readonly cotangent?: ArrayLike<number>;
  /** Inputs of every point. Default 0. */
  readonly inputs?: ArrayLike<number>;
}

/**
 * Variance of the gradient of a cost over weights uniform in [0, 2 pi), one number per weight: where it vanishes exponentially with
 * the number of qubits, training meets a barren plateau (McClean et al. 2018, arXiv 1803.11173; local against global costs: Cerezo
 * et al. 2021, arXiv 2001.00550).
 */
export function gradientVariance(circuit: Circuit, rng: Rng, options: GradientVarianceOptions = {}): Float64Array {
  const { samples = 200, inputs = new Float64Array(circuit.inputs) } = options;
  const cotangent = options.cotangent ?? firstOf(measurementRows(circuit.measurement));
  requireWhole('samples', samples, 2);
  const weights = new Float64Array(circuit.weights);
  const mean = new Float64Array(circuit.weights);
  const squares = new Float64Array(circuit.weights);
  for (let sample = 1; sample <= samples; sample++) {
    for (let k = 0; k < weights.length; k++) weights[k] = rng.uniform(0, 2 * Math.PI);
    circuitGradients(circuit, inputs, weights, cotangent).weights.forEach((value, k) => {
      const change = value - mean[k]!;
      mean[k]! += change / sample;
      squares[k]! += change * (value - mean[k]!);
    });
  }
  return squares.map((sum) => sum / (samples - 1));
}

function firstOf(count: number): Float64Array {
  const cotangent = new Float64Array(count);
  cotangent[0] = 1;
  return cotangent;
}
