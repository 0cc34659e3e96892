import { addAngleGradient, type CircuitGradients } from '../angle.js';
import { adjoint } from '../gates/complex-matrix.js';
import { definitionOf } from '../gates/gates.js';
import { amplitudeGradient, initialState } from '../initial-state.js';
import { measurementRows } from '../measurement.js';
import { angleValues, checkValues } from '../statevector-reference.js';
import { applyMatrix, copyOf, realInnerProduct, unapplyMatrix, type StateVector } from '../statevector.js';
import {
  applyStep,
  applyUnitary,
  conjugate,
  startDensity,
  superoperator,
  type DensityMatrix,
} from './density-matrix.js';
import { stepsOf, type NoisyCircuit } from './noisy-circuit.js';
import { readoutCotangent, zReadouts } from './read-out.js';

/**
 * Vector-Jacobian product of a noisy circuit's expected values, exact. Every step is linear in rho, so the observable O = sum of
 * c_k M_k goes back by the adjoint of each step, and dL/dt = 2 Re Tr(O^dagger (dU/dt rho U^dagger)) with rho before the gate and O after
 * it. All states are kept on the way forward, since channels cannot be undone.
 * @throws HqnasError `too-many-qubits` for more than 10 wires, `invalid-circuit-values`
 */
export function densityGradients(
  noisy: NoisyCircuit,
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  cotangent: ArrayLike<number>,
): CircuitGradients {
  const { circuit } = noisy;
  const gradients = { inputs: new Float64Array(circuit.inputs), weights: new Float64Array(circuit.weights) };
  const steps = stepsOf(noisy);
  const states: DensityMatrix[] = [];
  const rho = startDensity(noisy, inputs, weights);
  checkValues('cotangent', cotangent, measurementRows(circuit.measurement));
  for (const step of steps) {
    states.push(copyOf(rho));
    applyStep(rho, step, inputs, weights);
  }
  const observable = observableOf(noisy, cotangent);
  for (const [index, step] of [...steps.entries()].reverse()) {
    if (step.kind === 'channel') {
      unapplyMatrix(observable, superoperator(step.channel), [step.channel.wire, step.channel.wire + circuit.wires]);
      continue;
    }
    const { gate } = step;
    const definition = definitionOf(gate);
    const angles = angleValues(gate, inputs, weights);
    const matrix = definition.matrix(angles);
    const partners = gate.wires.map((wire) => wire + circuit.wires);
    gate.angles.forEach((angle, k) => {
      if (angle.source === 'constant') return;
      const changed = copyOf(states[index]!);
      applyMatrix(changed, definition.derivative(angles, k), gate.wires);
      applyMatrix(changed, conjugate(matrix), partners);
      addAngleGradient(angle, 2 * realInnerProduct(observable, changed), inputs, weights, gradients);
    });
    applyUnitary(observable, adjoint(matrix), gate.wires);
  }
  if (circuit.initial?.kind === 'amplitude') {
    const lambda = timesTwice(observable, initialState(circuit.wires, circuit.initial, inputs));
    amplitudeGradient(circuit.wires, circuit.initial, inputs, lambda).forEach(
      (value, i) => (gradients.inputs[i]! += value),
    );
  }
  return gradients;
}

/** The sum of c_k M_k as a matrix, with readout errors in it. */
function observableOf({ circuit, readout }: NoisyCircuit, cotangent: ArrayLike<number>): DensityMatrix {
  const { wires, measurement } = circuit;
  const size = 2 ** wires;
  const total = { wires: 2 * wires, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  for (const part of zReadouts(measurement)) {
    const own = { wires: 2 * wires, re: new Float64Array(size * size), im: new Float64Array(size * size) };
    readoutCotangent(part, wires, readout, cotangent).forEach((value, state) => (own.re[state * (size + 1)] = value));
    const { turn } = part;
    if (turn !== undefined) for (const wire of part.readout.wires) applyUnitary(own, adjoint(turn), [wire]);
    own.re.forEach((value, k) => {
      total.re[k]! += value;
      total.im[k]! += own.im[k]!;
    });
  }
  return total;
}

/** 2 O psi. */
function timesTwice(observable: DensityMatrix, psi: StateVector): StateVector {
  const size = psi.re.length;
  const product = { wires: psi.wires, re: new Float64Array(size), im: new Float64Array(size) };
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const k = row * size + column;
      product.re[row]! += 2 * (observable.re[k]! * psi.re[column]! - observable.im[k]! * psi.im[column]!);
      product.im[row]! += 2 * (observable.re[k]! * psi.im[column]! + observable.im[k]! * psi.re[column]!);
    }
  }
  return product;
}
