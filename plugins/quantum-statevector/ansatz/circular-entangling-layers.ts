import { defineAnsatz } from '../block.js';
import { gate, type Template } from '../circuit.js';
import { templateOf } from '../compose-circuit.js';
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
export const circularAnsatz = defineAnsatz({
  name: 'circular',
  summary: 'three rotations per wire and a circle of CNOTs that closes first',
  repetition: (context) => [
    ...rotLayer(context),
    ...Array.from({ length: context.wires === 1 ? 0 : context.wires }, (_, k) =>
      gate('CNOT', k === 0 ? [context.wires - 1, 0] : [k - 1, k]),
    ),
  ],
});

/** The gates of {@link circularAnsatz}. */
export function circularEntanglingLayers(options: CircularEntanglingLayersOptions): Template {
  return templateOf(circularAnsatz, options);
}
