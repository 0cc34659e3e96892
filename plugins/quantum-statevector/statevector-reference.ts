import type { Angle, Circuit, Gate } from './circuit.js';
import { gates } from './gates/gates.js';
import { measure } from './measurement.js';
import { applyMatrix, basisProbabilities, zeroState, type StateVector } from './statevector.js';

/** Value of an angle for one sample. */
export function angleValue(angle: Angle, inputs: ArrayLike<number>, weights: ArrayLike<number>): number {
  if (angle.source === 'constant') return angle.value;
  return (angle.source === 'input' ? inputs : weights)[angle.index]!;
}

/** Values of all angles of a gate for one sample. */
export function angleValues(gate: Gate, inputs: ArrayLike<number>, weights: ArrayLike<number>): number[] {
  return gate.angles.map((angle) => angleValue(angle, inputs, weights));
}

/**
 * State before the measurement, gate by gate in float64, written from the definitions: what the compiled circuit is tested
 * against.
 */
export function finalState(circuit: Circuit, inputs: ArrayLike<number>, weights: ArrayLike<number>): StateVector {
  const state = zeroState(circuit.wires);
  for (const item of circuit.gates) {
    applyMatrix(state, gates[item.gate].matrix(angleValues(item, inputs, weights)), item.wires);
  }
  return state;
}

/** Measured values for one sample. */
export function runCircuit(circuit: Circuit, inputs: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  return measure(circuit.measurement, circuit.wires, basisProbabilities(finalState(circuit, inputs, weights)));
}
