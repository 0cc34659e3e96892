import type { PlacedLayer } from '../../core/index.js';
import { Graph } from '../../compiler/index.js';
import { circuitOp } from './circuit-op.js';
import type { Circuit } from './circuit.js';

/** The circuits among the ops of a graph, in order. */
export function circuitsIn({ nodes }: Graph): readonly Circuit[] {
  return nodes.flatMap(({ op, attributes }) =>
    // The attributes of this op are its circuit.
    op !== 'input' && op.id === circuitOp.id ? [attributes as unknown as Circuit] : [],
  );
}

/** The circuits that a layer computes in its place, whatever its kind: those among the ops that it lowers to. */
export function circuitsOf(layer: PlacedLayer): readonly Circuit[] {
  return layer.plan.qubits === 0 ? [] : circuitsIn(loweredAlone(layer));
}

/** A graph of nothing but one layer in its place. */
export function loweredAlone({ plan, place, inputRows }: PlacedLayer): Graph {
  const graph = new Graph();
  plan.lower(graph, graph.input(inputRows), place);
  return graph;
}
