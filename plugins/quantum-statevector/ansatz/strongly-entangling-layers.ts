import { HqnasError } from '../../../core/index.js';
import { gate, type Gate, type Template } from '../circuit.js';
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
 * @throws HqnasError `invalid-circuit` for ranges of the wrong number, or divisible by the number of wires
 */
export function stronglyEntanglingLayers(options: StronglyEntanglingLayersOptions): Template {
  const { wires, layers, imprimitive = 'CNOT', firstWeight = 0 } = options;
  const ranges = options.ranges ?? Array.from({ length: layers }, (_, layer) => (layer % Math.max(1, wires - 1)) + 1);
  if (
    ranges.length !== layers ||
    (wires > 1 && ranges.some((range) => !Number.isInteger(range) || range % wires === 0))
  ) {
    throw new HqnasError({
      code: 'invalid-circuit',
      where: 'strongly entangling layers',
      what: 'ranges need one whole number per layer, none divisible by the number of wires',
      expected: `${layers} ranges for ${wires} wires`,
      got: JSON.stringify(ranges),
    });
  }
  const gates: Gate[] = [];
  ranges.forEach((range, layer) => {
    gates.push(...rotLayer(wires, firstWeight + layer * wires * 3));
    if (wires === 1) return;
    for (let wire = 0; wire < wires; wire++) gates.push(gate(imprimitive, [wire, (wire + range) % wires]));
  });
  return { gates, shape: [layers, wires, 3] };
}
