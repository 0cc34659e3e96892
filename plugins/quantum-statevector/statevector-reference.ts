import { HqnasError } from '../../core/index.js';
import { angleValue } from './angle.js';
import { ensureChecked } from './check-circuit.js';
import type { Circuit, Gate } from './circuit.js';
import { definitionOf } from './gates/gates.js';
import { initialState } from './initial-state.js';
import { measureState } from './measurement.js';
import { applyMatrix, type StateVector } from './statevector.js';

export { angleValue } from './angle.js';

/**
 * Values of all angles of a gate for one sample.
 * @throws HqnasError `invalid-circuit-values` where a product is too large for a number
 */
export function angleValues(gate: Gate, inputs: ArrayLike<number>, weights: ArrayLike<number>): number[] {
  return gate.angles.map((angle) => {
    const value = angleValue(angle, inputs, weights);
    if (!Number.isFinite(value))
      fail(`${gate.gate} on ${gate.wires.join(', ')}`, 'the angle is not finite', String(value));
    return value;
  });
}

/**
 * State before the measurement, gate by gate in float64, written from the definitions: what the compiled circuit is tested
 * against.
 * @throws HqnasError `invalid-circuit-values`, `invalid-circuit`, `too-many-qubits`
 */
export function finalState(circuit: Circuit, inputs: ArrayLike<number>, weights: ArrayLike<number>): StateVector {
  ensureChecked(circuit);
  checkValues('inputs', inputs, circuit.inputs);
  checkValues('weights', weights, circuit.weights);
  const state = initialState(circuit.wires, circuit.initial, inputs);
  for (const item of circuit.gates) {
    applyMatrix(state, definitionOf(item).matrix(angleValues(item, inputs, weights)), item.wires);
  }
  return state;
}

/**
 * Measured values for one sample.
 * @throws HqnasError `invalid-circuit-values`
 */
export function runCircuit(circuit: Circuit, inputs: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  return measureState(circuit.measurement, finalState(circuit, inputs, weights));
}

/**
 * Checks the numbers that a circuit is run with.
 * @throws HqnasError `invalid-circuit-values` for a wrong number of them, or one that is not finite
 */
export function checkValues(name: string, values: ArrayLike<number>, count: number): void {
  if (values.length !== count) {
    fail(name, 'the circuit takes another number of values', String(values.length), String(count));
  }
  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(values[k])) fail(`${name}[${k}]`, 'the value must be a finite number', String(values[k]));
  }
}

function fail(where: string, what: string, got: string, expected?: string): never {
  throw new HqnasError({ code: 'invalid-circuit-values', where, what, got, expected });
}
