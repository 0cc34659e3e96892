import { addAngleGradient, type CircuitGradients } from './angle.js';
import type { Circuit } from './circuit.js';
import { definitionOf } from './gates/gates.js';
import { amplitudeGradient } from './initial-state.js';
import { measurementRows, observableTimesState } from './measurement.js';
import { angleValues, checkValues, finalState } from './statevector-reference.js';
import { applyMatrix, copyOf, realInnerProduct, unapplyMatrix, type StateVector } from './statevector.js';

export type { CircuitGradients } from './angle.js';

/**
 * Vector-Jacobian product of one sample by one backward sweep (Jones and Gacon 2020, arXiv 2009.02823), with the cotangent
 * folded into one observable: lambda = 2 (sum of c_k M_k) psi. Going backwards, with psi before and lambda after gate U,
 * dL/dt = Re <lambda| dU/dt |psi>; then lambda becomes U^dagger lambda.
 * @param cotangent dL/d(output), one number per row of the measurement
 * @returns dL/d(input) and dL/d(weight)
 * @throws HqnasError `invalid-circuit-values`
 */
export function circuitGradients(
  circuit: Circuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  cotangent: ArrayLike<number>,
): CircuitGradients {
  checkValues('cotangent', cotangent, measurementRows(circuit.measurement));
  return sweepBack(circuit, inputs, weights, (psi) => observableTimesState(circuit.measurement, cotangent, psi));
}

/**
 * Derivatives of every output of one sample, by one backward sweep per output: `inputs` is [output][input] and `weights` is
 * [output][weight], row-major.
 * @throws HqnasError `invalid-circuit-values`
 */
export function circuitJacobian(
  circuit: Circuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
): CircuitGradients {
  return jacobianBy(measurementRows(circuit.measurement), (cotangent) =>
    circuitGradients(circuit, inputs, weights, cotangent),
  );
}

/** A Jacobian, row by row, from products with unit vectors. */
export function jacobianBy(
  rows: number,
  gradients: (cotangent: ArrayLike<number>) => CircuitGradients,
): CircuitGradients {
  const each = Array.from({ length: rows }, (_, row) => {
    const cotangent = new Float64Array(rows);
    cotangent[row] = 1;
    return gradients(cotangent);
  });
  return {
    inputs: Float64Array.from(each.flatMap((gradient) => [...gradient.inputs])),
    weights: Float64Array.from(each.flatMap((gradient) => [...gradient.weights])),
  };
}

/**
 * The same as {@link circuitGradients} for any observable.
 * @param lambdaOf 2 O psi of the final state
 */
export function sweepBack(
  circuit: Circuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  lambdaOf: (psi: StateVector) => StateVector,
): CircuitGradients {
  const gradients = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  const psi = finalState(circuit, inputs, weights);
  const lambda = lambdaOf(psi);
  for (const item of circuit.gates.toReversed()) {
    const definition = definitionOf(item);
    const angles = angleValues(item, inputs, weights);
    const matrix = definition.matrix(angles);
    unapplyMatrix(psi, matrix, item.wires);
    item.angles.forEach((angle, k) => {
      if (angle.source === 'constant') return;
      const changed = copyOf(psi);
      applyMatrix(changed, definition.derivative(angles, k), item.wires);
      addAngleGradient(angle, realInnerProduct(lambda, changed), inputs, weights, gradients);
    });
    unapplyMatrix(lambda, matrix, item.wires);
  }
  if (circuit.initial?.kind === 'amplitude') {
    amplitudeGradient(circuit.wires, circuit.initial, inputs, lambda).forEach((value, i) => {
      gradients.inputs[i]! += value;
    });
  }
  return gradients;
}
