import { product, substitute, type Angle } from '../angle.js';
import { constant, gate, type Gate } from '../circuit.js';
import { definitionOf } from '../gates/gates.js';

/** Names of gates that OpenQASM's stdgates.inc has, with the same matrices, global phase included. */
export const qasmNames: Readonly<Record<string, string>> = {
  RX: 'rx',
  RY: 'ry',
  RZ: 'rz',
  PhaseShift: 'p',
  H: 'h',
  X: 'x',
  Y: 'y',
  Z: 'z',
  S: 's',
  Sdg: 'sdg',
  T: 't',
  Tdg: 'tdg',
  SX: 'sx',
  SXdg: 'inv @ sx',
  CNOT: 'cx',
  CY: 'cy',
  CZ: 'cz',
  CH: 'ch',
  SWAP: 'swap',
  CRX: 'crx',
  CRY: 'cry',
  CRZ: 'crz',
  ControlledPhaseShift: 'cp',
  Toffoli: 'ccx',
  CSWAP: 'cswap',
};

/** The same gates with those alone that OpenQASM has; undefined for a gate whose matrix cannot be written so. */
export function inQasmGates(item: Gate): readonly Gate[] | undefined {
  if (item.definition === undefined) {
    if (Object.hasOwn(qasmNames, item.gate)) return [item];
    const written = Object.hasOwn(spelled, item.gate) ? spelled[item.gate]!(item) : undefined;
    if (written !== undefined) return written;
  }
  const { form } = definitionOf(item);
  if (form.form !== 'sequence') return undefined;
  const parts = expandOnce(item).map(inQasmGates);
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

type Spelling = (item: Gate) => readonly Gate[];

const half: Angle = constant(Math.PI / 2);
const minusHalf: Angle = constant(-Math.PI / 2);

/** exp(-i t Z..Z / 2): a chain of CNOTs gathers the parity on the last wire. */
const parityRotation: Spelling = ({ wires, angles }) => {
  const chain = wires.slice(1).map((wire, k) => gate('CNOT', [wires[k]!, wire]));
  return [...chain, gate('RZ', [wires.at(-1)!], angles[0]!), ...chain.toReversed()];
};

function between(before: readonly Gate[], middle: readonly Gate[], after: readonly Gate[]): readonly Gate[] {
  return [...before, ...middle, ...after];
}

const isingXX: Spelling = (item) => {
  const row = item.wires.map((wire) => gate('H', [wire]));
  return between(row, parityRotation(item), row);
};

const isingYY: Spelling = (item) =>
  between(
    item.wires.map((wire) => gate('RX', [wire], half)),
    parityRotation(item),
    item.wires.map((wire) => gate('RX', [wire], minusHalf)),
  );

const spelled: Readonly<Record<string, Spelling>> = {
  U1: ({ wires, angles }) => [gate('PhaseShift', wires, angles[0]!)],
  MultiRZ: parityRotation,
  IsingZZ: parityRotation,
  IsingXX: isingXX,
  IsingYY: isingYY,
  // exp(i t (XX + YY) / 4), and XX commutes with YY.
  IsingXY: (item) => {
    const angles = [product(-0.5, item.angles[0]!)];
    return [...isingXX({ ...item, angles }), ...isingYY({ ...item, angles })];
  },
  ISWAP: ({ wires: [a = 0, b = 0] }) => [
    gate('S', [a]),
    gate('S', [b]),
    gate('H', [a]),
    gate('CNOT', [a, b]),
    gate('CNOT', [b, a]),
    gate('H', [b]),
  ],
  CCZ: ({ wires }) => {
    const target = gate('H', [wires[2]!]);
    return [target, gate('Toffoli', wires), target];
  },
};

function expandOnce(item: Gate): readonly Gate[] {
  const { form } = definitionOf(item);
  if (form.form !== 'sequence') return [item];
  return form.gates.map((inner) => ({
    ...inner,
    wires: inner.wires.map((wire) => item.wires[wire]!),
    angles: inner.angles.map((angle) => substitute(angle, item.angles)),
  }));
}
