import { gate, weight, type Gate, type Template } from '../circuit.js';

export interface BasicEntanglingLayersOptions {
  readonly wires: number;
  readonly layers: number;
  /** Default RX. */
  readonly rotation?: 'RX' | 'RY' | 'RZ';
  /** Index of the template's first weight in the circuit. Default 0. */
  readonly firstWeight?: number;
}

/**
 * PennyLane's BasicEntanglerLayers, weights (layers, wires): per layer one rotation on every wire, then CNOT(i, i + 1 mod
 * wires) in order. Two wires get the single CNOT(0, 1), one wire none.
 */
export function basicEntanglingLayers(options: BasicEntanglingLayersOptions): Template {
  const { wires, layers, rotation = 'RX', firstWeight = 0 } = options;
  const gates: Gate[] = [];
  for (let layer = 0; layer < layers; layer++) {
    for (let wire = 0; wire < wires; wire++) {
      gates.push(gate(rotation, [wire], weight(firstWeight + layer * wires + wire)));
    }
    const entanglers = wires === 1 ? 0 : wires === 2 ? 1 : wires;
    for (let wire = 0; wire < entanglers; wire++) gates.push(gate('CNOT', [wire, (wire + 1) % wires]));
  }
  return { gates, shape: [layers, wires] };
}
