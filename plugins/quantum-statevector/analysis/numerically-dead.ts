import type { Rng } from '../../../core/index.js';
import { circuitGradients } from '../adjoint.js';
import type { Circuit } from '../circuit.js';
import { measurementRows } from '../measurement.js';

/** Gradients below this are rounding. */
const rounding = 1e-12;

/**
 * Weights and inputs whose gradient vanishes at `points` random points, for a random combination of all outputs each time. One
 * combination stands for all outputs: it misses a gradient with probability 0.
 */
export function numericallyDead(
  circuit: Circuit,
  rng: Rng,
  points = 2,
): { readonly weights: readonly number[]; readonly inputs: readonly number[] } {
  const largest = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  for (let point = 0; point < points; point++) {
    const draw = (count: number, bound: number) =>
      Float64Array.from({ length: count }, () => rng.uniform(-bound, bound));
    const inputs = draw(circuit.inputs, Math.PI);
    const weights = draw(circuit.weights, Math.PI);
    const gradients = circuitGradients(circuit, inputs, weights, draw(measurementRows(circuit.measurement), 1));
    for (const part of ['inputs', 'weights'] as const) {
      gradients[part].forEach((value, k) => (largest[part][k] = Math.max(largest[part][k]!, Math.abs(value))));
    }
  }
  const vanishing = (values: Float64Array): number[] => [...values.keys()].filter((k) => values[k]! < rounding);
  return { weights: vanishing(largest.weights), inputs: vanishing(largest.inputs) };
}
