import { express, type ConstraintContext, type Domains, type Genome, type PlacedLayer } from '../../../core/index.js';
import { Graph } from '../../../compiler/index.js';

/** What one layer of the policy or value network weighs. */
export interface LayerWeight {
  readonly layer: PlacedLayer;
  readonly parameters: number;
  readonly inputRows: number;
  readonly outputRows: number;
}

export interface NetworkWeight {
  readonly policy: readonly LayerWeight[];
  readonly value: readonly LayerWeight[];
}

/** Lowers the networks of a genome, without compiling them; undefined when the layers do not fit each other. */
export function weigh<D extends Domains>(
  genome: Genome,
  { kinds, task }: Pick<ConstraintContext<D>, 'kinds' | 'task'>,
): NetworkWeight | undefined {
  const expressed = express(genome, { kinds, task });
  if (!expressed.ok) return undefined;
  const { policy, value } = expressed.network;
  return { policy: weightsOf(policy, task.observationRows), value: weightsOf(value, task.observationRows) };
}

function weightsOf(layers: readonly PlacedLayer[], observationRows: number): LayerWeight[] {
  const graph = new Graph();
  let tensor = graph.input(observationRows, 'observation');
  return layers.map((layer) => {
    const before = graph.parameterCount;
    tensor = layer.plan.lower(graph, tensor, layer.place);
    const parameters = graph.parameterCount - before;
    return { layer, parameters, inputRows: layer.inputRows, outputRows: layer.outputRows };
  });
}
