import type { Angle } from './angle.js';
import { ensureChecked } from './check-circuit.js';
import type { Gate } from './gates/gate-form.js';
import type { GateName } from './gates/gates.js';
import type { InitialState } from './initial-state.js';
import type { Measurement } from './measurement.js';

export { constant, input, negative, product, weight, type Angle } from './angle.js';
export type { Gate } from './gates/gate-form.js';

/**
 * A quantum circuit as data: it starts in its initial state, applies its gates in order and ends in a measurement. Wire 0 is the
 * most significant bit of a basis state, as in PennyLane. Circuits are JSON.
 */
export type Circuit = {
  readonly wires: number;
  /** Input rows; angles may use any of them, also several times or not at all. */
  readonly inputs: number;
  /** Trainable weights, one flat vector. */
  readonly weights: number;
  /** |0...0> when it is left out. */
  readonly initial?: InitialState;
  readonly gates: readonly Gate[];
  readonly measurement: Measurement;
};

/** A part of a circuit with weights of its own. */
export interface Template {
  readonly gates: readonly Gate[];
  /** Shape of its weights, row-major in the circuit's flat weight vector. */
  readonly shape: readonly number[];
}

/**
 * A gate on its wires, controls first, with its angles in PennyLane's order: `gate('CRot', [control, target], phi, theta, omega)`. What
 * does not fit is found by {@link defineCircuit}.
 */
export function gate(name: GateName | 'MultiRZ', wires: readonly number[], ...angles: readonly Angle[]): Gate {
  return { gate: name, wires, angles };
}

/** Wire numbers 0 .. count - 1. */
export function allWires(count: number): number[] {
  return Array.from({ length: count }, (_, wire) => wire);
}

/**
 * Checks a circuit; messages name the place in it, such as `gates[3].wires`.
 * @throws HqnasError `invalid-circuit`
 */
export function defineCircuit(circuit: Circuit): Circuit {
  ensureChecked(circuit);
  return circuit;
}
