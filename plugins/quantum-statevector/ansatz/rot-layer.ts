import { gate, weight, type Gate } from '../circuit.js';

/** Rot on every wire, weights (wires, 3) in the order phi, theta, omega. */
export function rotLayer(wires: number, firstWeight: number): Gate[] {
  return Array.from({ length: wires }, (_, wire) => {
    const first = firstWeight + 3 * wire;
    return gate('Rot', [wire], weight(first), weight(first + 1), weight(first + 2));
  });
}
