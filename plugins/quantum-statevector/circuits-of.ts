import type { PlacedLayer } from '../../core/index.js';
import { Graph } from '../../compiler/index.js';
import { circuitOp } from './circuit-op.js';
import type { Circuit } from './circuit.js';

/** The circuits that a layer computes in its place, whatever its kind: those of the ops that it lowers to. */
export function circuitsOf({
  plan,
  place,
  inputRows,
}: Pick<PlacedLayer, 'plan' | 'place' | 'inputRows'>): readonly Circuit[] {
  if (plan.qubits === 0) return [];
  const graph = new Graph();
  plan.lower(graph, graph.input(inputRows), place);
  return graph.nodes.flatMap(({ op, attributes }) =>
    // The attributes of this op are its circuit.
    op !== 'input' && op.id === circuitOp.id ? [attributes as unknown as Circuit] : [],
  );
}
