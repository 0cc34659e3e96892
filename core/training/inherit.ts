import { HqnasError } from '../errors.js';
import type { Genome } from '../genome/genome.js';
import { lowerNetwork } from '../model/build-model.js';
import type { Model } from '../model/model.js';
import { readWeights, type ArtifactStore } from './artifact-store.js';
import type { Inheritance, Inherited } from './evaluator.js';
import { inheritWeights } from './inherit-weights.js';
import { expressFor, type ModelParts } from './make-model.js';

/**
 * Puts the inherited weights into a model whose start values are drawn already.
 * @throws HqnasError `artifact-missing`, `wrong-model`
 */
export function inherit(
  parts: ModelParts,
  store: ArtifactStore,
  { genome, model }: { readonly genome: Genome; readonly model: Model },
  from: Inheritance,
): Inherited {
  const { network, form } = expressFor(parts, from.genome);
  const { graph } = lowerNetwork(network, form);
  const weights = readWeights(store, from.parametersHash);
  if (weights.length !== graph.parameterCount) {
    throw new HqnasError({
      code: 'wrong-model',
      what: 'the weights of the parent do not fit its network',
      where: `artifact ${from.parametersHash}`,
      expected: `${graph.parameterCount} numbers`,
      got: `${weights.length}`,
      remedy: 'Go on with the plugins, and the versions of them, that it was trained with.',
    });
  }
  const { program } = model;
  const child = { genome, graph: model.graph, parameters: program.parameters };
  const parameters = inheritWeights(child, { genome: from.genome, graph, parameters: weights });
  program.parametersChanged();
  return { steps: from.steps, parameters };
}
