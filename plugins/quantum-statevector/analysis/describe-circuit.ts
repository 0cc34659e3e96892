import type { LayerDescription } from '../../../core/index.js';
import type { Circuit } from '../circuit.js';
import { drawSvg } from '../drawing/draw-svg.js';
import { circuitCounts } from './circuit-counts.js';
import { deadOf } from './dead-of.js';

/** What a report shows of a circuit: nothing in it is drawn at random. */
export function describeCircuit(circuit: Circuit): LayerDescription {
  const counts = circuitCounts(circuit);
  const dead = deadOf(circuit);
  return {
    rows: [
      ['qubits', String(counts.qubits)],
      ['parameters', String(counts.weights)],
      ['dead parameters', String(dead.weights.length)],
      ['inputs', String(counts.inputs)],
      ['dead inputs', String(dead.inputs.length)],
      ['gates', String(counts.gates)],
      ['two-qubit gates', String(counts.twoQubitGates + counts.widerGates)],
      ['depth', String(counts.depth)],
    ],
    svg: drawSvg(circuit),
  };
}
