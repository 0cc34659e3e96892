import { HqnasError } from '../../core/index.js';
import { gates as definitions, type GateName } from './gates/gates.js';
import type { Measurement } from './measurement.js';

/** Where an angle comes from, in radians: a constant, an input row (its own value for every sample) or a shared weight. */
export type Angle =
  | { readonly source: 'constant'; readonly value: number }
  | { readonly source: 'input'; readonly index: number }
  | { readonly source: 'weight'; readonly index: number };

/** One gate on its wires, controls first. */
export type Gate = {
  readonly gate: GateName;
  readonly wires: readonly number[];
  readonly angles: readonly Angle[];
};

/**
 * A quantum circuit as data: it starts in |0...0>, applies its gates in order and ends in a measurement. Wire 0 is the most
 * significant bit of a basis state, as in PennyLane. Circuits are JSON.
 */
export type Circuit = {
  readonly wires: number;
  /** Input rows; angles may use any of them, also several times or not at all. */
  readonly inputs: number;
  /** Trainable weights, one flat vector. */
  readonly weights: number;
  readonly gates: readonly Gate[];
  readonly measurement: Measurement;
};

/** A part of a circuit with weights of its own. */
export interface Template {
  readonly gates: readonly Gate[];
  /** Shape of its weights, row-major in the circuit's flat weight vector. */
  readonly shape: readonly number[];
}

export function constant(value: number): Angle {
  return { source: 'constant', value };
}

export function input(index: number): Angle {
  return { source: 'input', index };
}

export function weight(index: number): Angle {
  return { source: 'weight', index };
}

export function gate(name: GateName, wires: readonly number[], ...angles: readonly Angle[]): Gate {
  return { gate: name, wires, angles };
}

/** Wire numbers 0 .. count - 1. */
export function allWires(count: number): number[] {
  return Array.from({ length: count }, (_, wire) => wire);
}

/**
 * Checks a circuit.
 * @throws HqnasError `invalid-circuit`
 */
export function defineCircuit(circuit: Circuit): Circuit {
  if (!Number.isInteger(circuit.wires) || circuit.wires < 1) {
    fail('circuit', 'a circuit needs at least one wire', String(circuit.wires));
  }
  circuit.gates.forEach((item, index) => {
    checkGate(circuit, item, `gate ${index} (${item.gate})`);
  });
  checkWires(circuit.measurement.wires, circuit.wires, 'measurement');
  if (circuit.measurement.wires.length === 0) fail('measurement', 'nothing is measured', '[]');
  return circuit;
}

function checkGate(circuit: Circuit, { gate: name, wires, angles }: Gate, where: string): void {
  if (!Object.hasOwn(definitions, name)) fail(where, 'there is no such gate', name);
  const definition = definitions[name];
  if (wires.length !== definition.wires)
    fail(where, `the gate acts on ${definition.wires} wire(s)`, String(wires.length));
  if (angles.length !== definition.angles)
    fail(where, `the gate takes ${definition.angles} angle(s)`, String(angles.length));
  checkWires(wires, circuit.wires, where);
  for (const angle of angles) {
    if (angle.source === 'constant') {
      if (!Number.isFinite(angle.value)) fail(where, 'an angle must be a finite number', String(angle.value));
      continue;
    }
    const count = angle.source === 'input' ? circuit.inputs : circuit.weights;
    if (!Number.isInteger(angle.index) || angle.index < 0 || angle.index >= count) {
      fail(where, `the circuit has ${count} ${angle.source}(s)`, `${angle.source} ${angle.index}`);
    }
  }
}

function checkWires(wires: readonly number[], count: number, where: string): void {
  const known = wires.every((wire) => Number.isInteger(wire) && wire >= 0 && wire < count);
  if (!known) fail(where, `wires are numbered 0 to ${count - 1}`, JSON.stringify(wires));
  if (new Set(wires).size !== wires.length) fail(where, 'a wire is listed twice', JSON.stringify(wires));
}

function fail(where: string, what: string, got: string): never {
  throw new HqnasError({ code: 'invalid-circuit', where, what, got });
}
