import type { Circuit } from './circuit.js';
import { gates } from './gates/gates.js';
import { probabilityCotangent } from './measurement.js';
import { angleValues, finalState } from './statevector-reference.js';
import { applyMatrix, copyOf, realInnerProduct, unapplyMatrix } from './statevector.js';

/** Gradients of one sample. */
export interface CircuitGradients {
  readonly inputs: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Vector-Jacobian product of a circuit by one backward sweep (Jones and Gacon 2020, arXiv 2009.02823), with the cotangent
 * folded into one diagonal observable: lambda_i = 2 (dL/dp_i) psi_i. Going backwards, with psi before and lambda after gate U,
 * dL/dt = Re <lambda| dU/dt |psi>; then lambda becomes U^dagger lambda.
 */
export function circuitGradients(
  circuit: Circuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  cotangent: ArrayLike<number>,
): CircuitGradients {
  const gradients = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  const psi = finalState(circuit, inputs, weights);
  const observable = probabilityCotangent(circuit.measurement, circuit.wires, cotangent);
  const lambda = copyOf(psi);
  observable.forEach((value, i) => {
    lambda.re[i]! *= 2 * value;
    lambda.im[i]! *= 2 * value;
  });
  for (const item of circuit.gates.toReversed()) {
    const definition = gates[item.gate];
    const angles = angleValues(item, inputs, weights);
    const matrix = definition.matrix(angles);
    unapplyMatrix(psi, matrix, item.wires);
    item.angles.forEach((angle, k) => {
      if (angle.source === 'constant') return;
      const changed = copyOf(psi);
      applyMatrix(changed, definition.derivative(angles, k), item.wires);
      gradients[`${angle.source}s`][angle.index]! += realInnerProduct(lambda, changed);
    });
    unapplyMatrix(lambda, matrix, item.wires);
  }
  return gradients;
}
