import type { Id } from '../id.js';
import type { Refusal } from '../layer/layer-kind.js';
import type { Registered } from '../registry.js';
import type { Genome, Limits } from './genome.js';
import type { MutationContext } from './mutation.js';

/** Which networks a search may propose: how to draw one, and what changes and rules belong to the space. */
export interface SearchSpace extends Registered {
  readonly limits: Limits;
  /** Mutations drawn unless the config lists others. */
  readonly mutations: readonly Id[];
  /** Rules that hold beside those of the config. */
  readonly constraints: readonly Id[];
  random(context: MutationContext): Genome;
  /** Why these limits would leave out networks that they seem to allow; undefined when they are sound. */
  checkLimits?(limits: Limits): Refusal | undefined;
}

/** Gives a search space its types. */
export function defineSearchSpace(space: SearchSpace): SearchSpace {
  return space;
}
