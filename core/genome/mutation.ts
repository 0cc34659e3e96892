import type { LayerKind } from '../layer/layer-kind.js';
import type { Registered, Registry } from '../registry.js';
import type { Rng } from '../random.js';
import type { Task } from './constraint.js';
import type { Genome, Limits } from './genome.js';

/** What a mutation may know besides the parent. */
export interface MutationContext {
  readonly rng: Rng;
  readonly kinds: Registry<LayerKind>;
  readonly limits: Limits;
  /** What the networks must read and answer. */
  readonly task: Task;
}

/** A small change of a genome. Pure: the parent is never changed. */
export interface Mutation extends Registered {
  /** Share of draws relative to other mutations; 1 unless the config says otherwise. */
  readonly weight?: number;
  /** The child, or undefined when the mutation does not apply to this parent. */
  mutate(parent: Genome, context: MutationContext): Genome | undefined;
}

/** Gives a mutation its types. */
export function defineMutation(mutation: Mutation): Mutation {
  return mutation;
}
