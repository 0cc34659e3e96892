import type { Graph } from '../graph.js';

/** What must be computed, and where gradients flow. Arrays are indexed by node. */
export interface Liveness {
  /** The node leads to an output. */
  readonly live: readonly boolean[];
  /** The gradient with respect to the node's value is needed: a parameter or a wanted input lies upstream. */
  readonly needsGradient: readonly boolean[];
  /** How often live nodes read the value. */
  readonly uses: readonly number[];
}

/** `outputs` are node indices. */
export function analyzeLiveness(graph: Graph, outputs: readonly number[], inputGradients: boolean): Liveness {
  const live = ancestors(graph, outputs);
  const needsGradient: boolean[] = [];
  const uses = graph.nodes.map(() => 0);
  graph.nodes.forEach(({ op, inputs, parameters }, index) => {
    needsGradient.push(
      op === 'input' ? inputGradients : parameters.length > 0 || inputs.some((input) => needsGradient[input]!),
    );
    if (live[index]!) for (const input of inputs) uses[input]!++;
  });
  return { live, needsGradient, uses };
}

/** True for the given nodes and all they depend on. */
export function ancestors(graph: Graph, outputs: readonly number[]): boolean[] {
  const reached = graph.nodes.map(() => false);
  for (const output of outputs) reached[output] = true;
  for (let index = graph.nodes.length - 1; index >= 0; index--) {
    if (reached[index]!) for (const input of graph.nodes[index]!.inputs) reached[input] = true;
  }
  return reached;
}
