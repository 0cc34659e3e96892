import { constant, negative } from './angle.js';
import { gate, type Gate } from './circuit.js';

/** Gates seen from the other side of a row of Hadamards: H U H; of several, the first acts first. Undefined where none is known. */
function seenThroughHadamards({ gate: name, wires, angles, definition }: Gate): readonly Gate[] | undefined {
  const [first = constant(0), second = constant(0), third = constant(0)] = angles;
  switch (definition === undefined ? name : undefined) {
    case 'RX':
      return [gate('RZ', wires, first)];
    case 'RY':
      return [gate('RY', wires, negative(first))];
    case 'RZ':
      return [gate('RX', wires, first)];
    case 'Rot':
      return [gate('RX', wires, first), gate('RY', wires, negative(second)), gate('RX', wires, third)];
    case 'X':
      return [gate('Z', wires)];
    case 'Y':
      return [gate('Y', wires)];
    case 'Z':
      return [gate('X', wires)];
    case 'SX':
      return [gate('S', wires)];
    case 'S':
      return [gate('SX', wires)];
    case 'H':
      return [gate('H', wires)];
    case 'CNOT':
      return [gate('CNOT', wires.toReversed())];
    case 'SWAP':
      return [gate('SWAP', wires)];
    default:
      return undefined;
  }
}

/**
 * The same circuit between two rows of Hadamards, up to global phase; undefined where a gate has no counterpart. Circuits of RX and
 * CNOT become circuits of RZ and CNOT, which are a single diagonal however deep they are (Shepherd and Bremner 2009, arXiv
 * 0809.0847: instantaneous quantum computation). The second row leaves out wires that nobody reads.
 */
export function inHadamardFrame(wires: number, gates: readonly Gate[], read: readonly number[]): Gate[] | undefined {
  const row = (listed: readonly number[]): Gate[] => listed.map((wire) => gate('H', [wire]));
  const inner = gates.map(seenThroughHadamards);
  if (inner.includes(undefined)) return undefined;
  const all = Array.from({ length: wires }, (_, wire) => wire);
  return [...row(all), ...inner.flatMap((seen) => seen ?? []), ...row(read)];
}
