import { defineAnsatz, type Ansatz } from '../block.js';
import { allWires, gate, type Template } from '../circuit.js';
import { templateOf } from '../compose-circuit.js';

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
export function basicAnsatz(rotation: 'RX' | 'RY' | 'RZ' = 'RX'): Ansatz {
  return defineAnsatz({
    name: 'basic',
    summary: `one ${rotation} per wire and a ring of CNOTs`,
    repetition: ({ wires, weight }) => [
      ...allWires(wires).map((wire) => gate(rotation, [wire], weight())),
      ...ring(wires).map((pair) => gate('CNOT', pair)),
    ],
  });
}

/** The gates of {@link basicAnsatz}. */
export function basicEntanglingLayers(options: BasicEntanglingLayersOptions): Template {
  return templateOf(basicAnsatz(options.rotation), options);
}

/** Pairs (i, i + 1) around a ring; two wires have one pair, one wire none. */
export function ring(wires: number): readonly (readonly [number, number])[] {
  const pairs = wires === 1 ? 0 : wires === 2 ? 1 : wires;
  return Array.from({ length: pairs }, (_, wire) => [wire, (wire + 1) % wires]);
}
