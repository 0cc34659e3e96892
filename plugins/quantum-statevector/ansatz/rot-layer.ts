import type { BlockContext } from '../block.js';
import { allWires, gate, type Gate } from '../circuit.js';

/** Rot on every wire, weights (wires, 3) in the order phi, theta, omega. */
export function rotLayer({ wires, weight }: Pick<BlockContext, 'wires' | 'weight'>): Gate[] {
  return allWires(wires).map((wire) => gate('Rot', [wire], weight(), weight(), weight()));
}
