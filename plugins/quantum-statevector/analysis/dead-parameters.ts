import { createRng } from '../../../core/index.js';
import { ensureChecked } from '../check-circuit.js';
import type { Circuit } from '../circuit.js';
import { numericallyDead } from './numerically-dead.js';
import { isStructurallyEasy, structurallyDead } from './structurally-dead.js';

/** Weights and inputs of a circuit that cannot influence anything it measures: their gradient is 0 everywhere. */
export interface DeadParameters {
  /** Indexes into the circuit's weights, ascending. */
  readonly weights: readonly number[];
  readonly inputs: readonly number[];
  /** How they were found, see {@link deadParameters}. */
  readonly method: 'structural' | 'numeric';
}

export interface DeadParameterOptions {
  /** Default `automatic`: structural up to 6 wires of Clifford gates and Pauli rotations, else numeric. */
  readonly method?: 'automatic' | 'structural' | 'numeric';
}

/**
 * Finds the dead parameters of a circuit.
 *
 * `structural` follows Pauli strings from the measurement back and from the start forward; a parameter is alive when a string
 * that it creates meets one that the state may hold. What it calls dead is dead. It takes every string for independent
 * of the others: what dies by cancellation alone, such as a weight in two angles that undo each other, is taken for alive. Memory and time grow with 4^wires.
 *
 * `numeric` takes the gradients of random combinations of outputs at random points; what stays below 1e-12 is called dead. It
 * sees cancellations, and takes a gradient that is everywhere below 1e-12 for none.
 * @throws HqnasError `invalid-circuit`, `too-many-qubits`
 */
export function deadParameters(circuit: Circuit, options: DeadParameterOptions = {}): DeadParameters {
  ensureChecked(circuit);
  const { method = 'automatic' } = options;
  const structural = method === 'structural' || (method === 'automatic' && isStructurallyEasy(circuit));
  if (structural) return { ...structurallyDead(circuit), method: 'structural' };
  return { ...numericallyDead(circuit, createRng(0)), method: 'numeric' };
}
