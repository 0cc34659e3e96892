import { gate, type Gate, type Template } from '../circuit.js';
import { rotLayer } from './rot-layer.js';

export interface CircularEntanglingLayersOptions {
  readonly wires: number;
  readonly layers: number;
  /** Index of the template's first weight in the circuit. Default 0. */
  readonly firstWeight?: number;
}

/**
 * Rotations with Qiskit's "circular" entanglement, weights (layers, wires, 3): per layer Rot on every wire, then CNOT(wires - 1,
 * 0), then CNOT(i, i + 1) for i = 0 .. wires - 2 in order; one wire gets none.
 */
export function circularEntanglingLayers(options: CircularEntanglingLayersOptions): Template {
  const { wires, layers, firstWeight = 0 } = options;
  const gates: Gate[] = [];
  for (let layer = 0; layer < layers; layer++) {
    gates.push(...rotLayer(wires, firstWeight + layer * wires * 3));
    if (wires === 1) continue;
    gates.push(gate('CNOT', [wires - 1, 0]));
    for (let wire = 0; wire < wires - 1; wire++) gates.push(gate('CNOT', [wire, wire + 1]));
  }
  return { gates, shape: [layers, wires, 3] };
}
