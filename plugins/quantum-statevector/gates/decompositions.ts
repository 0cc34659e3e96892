import { constant, negative, product, substitute, type Angle } from '../angle.js';
import type { Gate } from './gate-form.js';
import { definitionOf } from './gates.js';

/** Gates that every other known gate can be made of, up to a global phase. */
export const baseGates = ['RX', 'RY', 'RZ', 'H', 'X', 'Y', 'Z', 'S', 'T', 'CNOT', 'CZ', 'SWAP'] as const;

/**
 * The same circuit, up to a global phase, in base gates. Angles stay angles: halves, sums and opposites of inputs and weights
 * become products and several gates. Gates of your own that are sequences are taken apart as well; those given as matrices stay.
 */
export function inBaseGates(gates: readonly Gate[]): Gate[] {
  return gates.flatMap(takenApart);
}

/** A gate in base gates, up to a global phase; the gate itself where it cannot be taken apart. */
function takenApart(gate: Gate): readonly Gate[] {
  if (gate.definition === undefined && baseGates.some((name) => name === gate.gate)) return [gate];
  const rule = gate.definition === undefined ? rules[gate.gate] : undefined;
  if (rule !== undefined) return rule(gate.wires, gate.angles).flatMap(takenApart);
  const { form } = definitionOf(gate);
  if (form.form !== 'sequence') return [gate];
  return sequenceGates(gate).flatMap(takenApart);
}

/** The gates of a gate that is a sequence, on its wires and with its angles. */
export function sequenceGates(gate: Gate): readonly Gate[] {
  const { form } = definitionOf(gate);
  if (form.form !== 'sequence') throw new RangeError(`the gate "${gate.gate}" is no sequence`);
  return form.gates.map((inner) => ({
    ...inner,
    wires: inner.wires.map((wire) => gate.wires[wire]!),
    angles: inner.angles.map((angle) => substitute(angle, gate.angles)),
  }));
}

type Rule = (wires: readonly number[], angles: readonly Angle[]) => readonly Gate[];

const pi = Math.PI;
const rx = (wire: number, angle: Angle): Gate => ({ gate: 'RX', wires: [wire], angles: [angle] });
const ry = (wire: number, angle: Angle): Gate => ({ gate: 'RY', wires: [wire], angles: [angle] });
const rz = (wire: number, angle: Angle): Gate => ({ gate: 'RZ', wires: [wire], angles: [angle] });
const fixed = (gate: string, ...wires: readonly number[]): Gate => ({ gate, wires, angles: [] });
const half = (angle: Angle): Angle => product(0.5, angle);

/** exp(-i t Z..Z / 2): the parity of all wires gathers on the last one. Barenco et al. 1995, arXiv quant-ph/9503016. */
const parityRotation = (wires: readonly number[], angle: Angle): readonly Gate[] => {
  const chain = wires.slice(1).map((wire, k) => fixed('CNOT', wires[k]!, wire));
  return [...chain, rz(wires.at(-1)!, angle), ...chain.toReversed()];
};

/** Every gate that is neither a base gate nor a sequence. */
const rules: Readonly<Record<string, Rule>> = {
  PhaseShift: ([a], [t]) => [rz(a!, t!)],
  U1: ([a], [t]) => [rz(a!, t!)],
  Sdg: ([a]) => [rz(a!, constant(-pi / 2))],
  Tdg: ([a]) => [rz(a!, constant(-pi / 4))],
  SX: ([a]) => [rx(a!, constant(pi / 2))],
  SXdg: ([a]) => [rx(a!, constant(-pi / 2))],
  // Y = S X S^dagger.
  CY: ([a, b]) => [rz(b!, constant(-pi / 2)), fixed('CNOT', a!, b!), fixed('S', b!)],
  // H = RY(pi/4) Z RY(-pi/4).
  CH: ([a, b]) => [ry(b!, constant(-pi / 4)), fixed('CZ', a!, b!), ry(b!, constant(pi / 4))],
  ISWAP: ([a, b]) => [fixed('SWAP', a!, b!), fixed('CZ', a!, b!), fixed('S', a!), fixed('S', b!)],
  CRX: ([a, b], [t]) => [fixed('H', b!), ...controlledRZ(a!, b!, t!), fixed('H', b!)],
  CRY: ([a, b], [t]) => [ry(b!, half(t!)), fixed('CNOT', a!, b!), ry(b!, negative(half(t!))), fixed('CNOT', a!, b!)],
  CRZ: ([a, b], [t]) => controlledRZ(a!, b!, t!),
  ControlledPhaseShift: ([a, b], [t]) => [rz(a!, half(t!)), ...controlledRZ(a!, b!, t!)],
  IsingZZ: (wires, [t]) => parityRotation(wires, t!),
  MultiRZ: (wires, [t]) => parityRotation(wires, t!),
  IsingXX: (wires, [t]) => [...each('H', wires), ...parityRotation(wires, t!), ...each('H', wires)],
  IsingYY: (wires, [t]) => [
    ...wires.map((wire) => rx(wire, constant(pi / 2))),
    ...parityRotation(wires, t!),
    ...wires.map((wire) => rx(wire, constant(-pi / 2))),
  ],
  // exp(i t (XX + YY) / 4), two commuting factors.
  IsingXY: (wires, [t]) => [
    { gate: 'IsingXX', wires, angles: [negative(half(t!))] },
    { gate: 'IsingYY', wires, angles: [negative(half(t!))] },
  ],
  // Nielsen and Chuang 2010, figure 4.9: H on the target around a doubly controlled Z.
  Toffoli: ([a, b, c]) => [fixed('H', c!), ...controlledControlledZ(a!, b!, c!), fixed('H', c!)],
  CCZ: ([a, b, c]) => controlledControlledZ(a!, b!, c!),
  CSWAP: ([a, b, c]) => [fixed('CNOT', c!, b!), fixed('Toffoli', a!, b!, c!), fixed('CNOT', c!, b!)],
};

function controlledRZ(control: number, target: number, angle: Angle): readonly Gate[] {
  const flip = fixed('CNOT', control, target);
  return [rz(target, half(angle)), flip, rz(target, negative(half(angle))), flip];
}

/** Phases of pi/4 on every parity of three bits: abc = (a + b + c - a^b - b^c - a^c + a^b^c) / 4. */
function controlledControlledZ(a: number, b: number, c: number): readonly Gate[] {
  const t = (wire: number): Gate => fixed('T', wire);
  const back = (wire: number): Gate => rz(wire, constant(-pi / 4));
  const flip = (control: number, target: number): Gate => fixed('CNOT', control, target);
  return [
    ...[flip(b, c), back(c), flip(a, c), t(c), flip(b, c), back(c), flip(a, c), t(c)],
    ...[t(b), flip(a, b), back(b), flip(a, b), t(a)],
  ];
}

function each(gate: string, wires: readonly number[]): readonly Gate[] {
  return wires.map((wire) => fixed(gate, wire));
}
