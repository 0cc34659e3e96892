import type { Genome } from '../genome/genome.js';
import type { Model } from '../model/model.js';
import type { ConfiguredCondition } from './condition.js';
import { makeModel, type ModelParts } from './make-model.js';

/**
 * A trained model under other conditions, with memory of its own: the caller releases it, unless it is the trained one itself,
 * which is what the conditions mean nothing to. Undefined where the network cannot be had under them.
 * @throws TypeError for a condition that changes the number of weights
 */
export function modelUnder(
  { condition, options }: ConfiguredCondition,
  genome: Genome,
  trained: Model,
  parts: ModelParts,
): Model | undefined {
  const changed = condition.apply?.(genome, options) ?? genome;
  if ('ok' in changed) return undefined;
  const replace = condition.replace?.(options);
  const replaced = trained.graph.nodes.some(
    ({ op, attributes }) => op !== 'input' && replace?.(op, attributes) !== undefined,
  );
  if (changed === genome && !replaced) return trained;
  const { memory: _ofTheTrained, ...others } = parts;
  const model = makeModel({ ...others, replace }, changed);
  const [from, to] = [trained.program.parameters, model.program.parameters];
  if (from.length !== to.length) {
    model.program.release();
    throw new TypeError(`the condition "${condition.id}" makes ${to.length} weights of ${from.length}`);
  }
  to.set(from);
  model.program.parametersChanged();
  return model;
}
