import { HqnasError } from '../../core/index.js';
import type { StateVector } from './statevector.js';

/**
 * The state that a circuit starts in; without one it is |0...0>.
 *
 * - `basis`: one bit per wire
 * - `amplitude`: the circuit's first `features` inputs, filled up with `padding` to 2^wires numbers and divided by their norm, are
 *   the (real) amplitudes. Nothing but zeros gives |0...0> with zero gradient.
 */
export type InitialState =
  | { readonly kind: 'basis'; readonly bits: readonly number[] }
  | { readonly kind: 'amplitude'; readonly features: number; readonly padding: number };

/** Starts in the basis state of these bits, wire 0 first. */
export function basisState(bits: readonly number[]): InitialState {
  return { kind: 'basis', bits };
}

/** Starts in the inputs as amplitudes, as PennyLane's AmplitudeEmbedding with `pad_with`. */
export function amplitudeState(features: number, padding = 0): InitialState {
  return { kind: 'amplitude', features, padding };
}

/** Most wires of a state: 2^26 amplitudes are 1 GiB, and gradients hold three states. */
const limit = 26;

/** @throws HqnasError `too-many-qubits` where a state of so many wires does not fit into memory */
export function requireFitting(wires: number): void {
  if (wires <= limit) return;
  throw new HqnasError({
    code: 'too-many-qubits',
    where: 'state',
    what: 'a state of so many qubits does not fit into memory',
    expected: `at most ${limit}`,
    got: String(wires),
  });
}

/**
 * The state before the first gate, for one sample.
 * @throws HqnasError `too-many-qubits`
 */
export function initialState(wires: number, initial: InitialState | undefined, inputs: ArrayLike<number>): StateVector {
  requireFitting(wires);
  const state = { wires, re: new Float64Array(2 ** wires), im: new Float64Array(2 ** wires) };
  if (initial === undefined) {
    state.re[0] = 1;
  } else if (initial.kind === 'basis') {
    state.re[initial.bits.reduce((index, bit) => index * 2 + bit, 0)] = 1;
  } else {
    const { unit, norm } = unitVector(wires, initial, inputs);
    state.re.set(unit);
    if (norm === 0) state.re[0] = 1;
  }
  return state;
}

/**
 * Gradient of the loss with respect to the inputs of an amplitude start: with s = x / |x| and g the real part of lambda,
 * (g - s (s . g)) / |x|. The part along s is taken out because the state does not depend on the length of x.
 */
export function amplitudeGradient(
  wires: number,
  initial: InitialState & { readonly kind: 'amplitude' },
  inputs: ArrayLike<number>,
  lambda: StateVector,
): Float64Array {
  const { unit, norm } = unitVector(wires, initial, inputs);
  if (norm === 0) return new Float64Array(initial.features);
  const along = unit.reduce((sum, value, i) => sum + value * lambda.re[i]!, 0);
  return unit.subarray(0, initial.features).map((value, i) => (lambda.re[i]! - value * along) / norm);
}

/** Divided by the largest value first, so that squares neither overflow nor vanish. */
function unitVector(
  wires: number,
  { features, padding }: InitialState & { readonly kind: 'amplitude' },
  inputs: ArrayLike<number>,
): { readonly unit: Float64Array; readonly norm: number } {
  const values = Float64Array.from({ length: 2 ** wires }, (_, i) => (i < features ? inputs[i]! : padding));
  const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  if (largest === 0) return { unit: values, norm: 0 };
  const ratio = Math.sqrt(values.reduce((sum, value) => sum + (value / largest) * (value / largest), 0));
  return { unit: values.map((value) => value / largest / ratio), norm: largest * ratio };
}
