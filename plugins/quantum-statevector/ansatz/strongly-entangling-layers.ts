import { HqnasError } from '../../../core/index.js';
import { defineAnsatz, type Ansatz } from '../block.js';
import { allWires, gate, type Template } from '../circuit.js';
import { templateOf } from '../compose-circuit.js';
import { rotLayer } from './rot-layer.js';

export interface StronglyEntanglingLayersOptions {
  readonly wires: number;
  readonly layers: number;
  /** Distance from control to target of each layer; default (layer mod (wires - 1)) + 1. */
  readonly ranges?: readonly number[];
  /** The entangling gate. Default CNOT. */
  readonly imprimitive?: 'CNOT' | 'CZ';
  /** Index of the template's first weight in the circuit. Default 0. */
  readonly firstWeight?: number;
}

/**
 * PennyLane's StronglyEntanglingLayers, weights (layers, wires, 3): per layer Rot on every wire, then the entangling gate on
 * (i, i + range mod wires) for every i in order. Two wires get two gates, (0, 1) and (1, 0); one wire none.
 * @param ranges distance from control to target of each layer; default (layer mod (wires - 1)) + 1
 */
export function strongAnsatz(imprimitive: 'CNOT' | 'CZ' = 'CNOT', ranges?: readonly number[]): Ansatz {
  return defineAnsatz({
    name: 'strong',
    summary: `three rotations per wire and ${imprimitive}s over growing distances`,
    repetition(context) {
      const { wires, repetition } = context;
      const range = ranges?.[repetition] ?? (repetition % Math.max(1, wires - 1)) + 1;
      const entanglers =
        wires === 1 ? [] : allWires(wires).map((wire) => gate(imprimitive, [wire, (wire + range) % wires]));
      return [...rotLayer(context), ...entanglers];
    },
  });
}

/**
 * The gates of {@link strongAnsatz}.
 * @throws HqnasError `invalid-circuit` for ranges of the wrong number, or divisible by the number of wires
 */
export function stronglyEntanglingLayers(options: StronglyEntanglingLayersOptions): Template {
  const { wires, layers, ranges, imprimitive } = options;
  const misfit = (range: number): boolean => !Number.isInteger(range) || range < 1 || range % wires === 0;
  if (ranges !== undefined && (ranges.length !== layers || (wires > 1 && ranges.some(misfit)))) {
    throw new HqnasError({
      code: 'invalid-circuit',
      where: 'strongly entangling layers',
      what: 'ranges need one whole number per layer, none divisible by the number of wires',
      expected: `${layers} ranges for ${wires} wires`,
      got: JSON.stringify(ranges),
    });
  }
  return templateOf(strongAnsatz(imprimitive, ranges), options);
}
