import { HqnasError } from '../../../core/index.js';
import type { Circuit, Gate } from '../circuit.js';
import { angleSources } from './angle-sources.js';
import { elementaryGates } from './elementary-gates.js';
import { measuredStrings, startInputsReadBy, startStrings } from './string-sets.js';
import { emptySet, meets, slotsOf, transformed, type Slots, type StringSet } from './pauli-strings.js';
import { transferOf } from './transfer-of.js';
import type { PauliTransfer } from './pauli-transfer.js';

/** Most wires for which strings are followed unless asked otherwise. */
const structuralLimit = 6;

/** Beyond this a set of strings takes more than 16 MB. */
const hardLimit = 12;

/** Beyond this the table of a gate takes long. */
const widestGate = 4;

/**
 * Whether strings can be followed quickly and tell the whole truth: every gate is a Clifford gate or a rotation about one Pauli
 * string, which turn a string into at most two. Others (a controlled phase) make strings whose coefficients depend on each other and
 * may cancel.
 */
export function isStructurallyEasy({ wires, gates }: Circuit): boolean {
  return (
    wires <= structuralLimit &&
    elementaryGates(gates).every(
      (gate) => gate.wires.length <= widestGate && transferOf(gate).backward.every((strings) => strings.length <= 2),
    )
  );
}

interface Step {
  readonly gate: Gate;
  readonly slots: Slots;
  readonly transfer: PauliTransfer;
  /** Strings that the state before the gate may hold. */
  readonly before: StringSet;
}

/**
 * Two-sided Pauli support. Backward, from the measured strings: S becomes every string that occurs in U^dagger P U, P in S. Forward,
 * from the strings of the start: F becomes every string in U Q U^dagger. An angle is alive when d/dt (U^dagger P U) holds, for some
 * P in S after the gate, a string of F before it: only then is d<P>/dt not 0 for every value of the other angles.
 * @throws HqnasError `too-many-qubits`
 */
export function structurallyDead(circuit: Circuit): {
  readonly weights: readonly number[];
  readonly inputs: readonly number[];
} {
  const { wires } = circuit;
  if (wires > hardLimit) {
    throw new HqnasError({
      code: 'too-many-qubits',
      where: 'dead parameters',
      what: 'Pauli strings cannot be followed on so many qubits',
      expected: `at most ${hardLimit}`,
      got: String(wires),
      remedy: 'Take the numeric method.',
    });
  }
  const steps = followForward(circuit);
  const alive = { weights: new Set<number>(), inputs: new Set<number>() };
  let set = emptySet(wires);
  for (const string of measuredStrings(circuit)) set[string] = 1;
  for (const { gate, slots, transfer, before } of steps.toReversed()) {
    gate.angles.forEach((angle, k) => {
      const { weights, inputs } = angleSources(angle);
      const known =
        weights.every((index) => alive.weights.has(index)) && inputs.every((index) => alive.inputs.has(index));
      if (known || !meets(set, slots, transfer.derivatives[k]!, before)) return;
      for (const index of weights) alive.weights.add(index);
      for (const index of inputs) alive.inputs.add(index);
    });
    set = transformed(set, slots, transfer.backward);
  }
  for (const index of startInputsReadBy(circuit, set)) alive.inputs.add(index);
  const missing = (count: number, found: ReadonlySet<number>): number[] =>
    Array.from({ length: count }, (_, index) => index).filter((index) => !found.has(index));
  return { weights: missing(circuit.weights, alive.weights), inputs: missing(circuit.inputs, alive.inputs) };
}

function followForward(circuit: Circuit): readonly Step[] {
  const steps: Step[] = [];
  let set = emptySet(circuit.wires);
  for (const string of startStrings(circuit)) set[string] = 1;
  for (const gate of elementaryGates(circuit.gates)) {
    const slots = slotsOf(gate.wires, circuit.wires);
    const transfer = transferOf(gate);
    steps.push({ gate, slots, transfer, before: set });
    set = transformed(set, slots, transfer.forward);
  }
  return steps;
}
