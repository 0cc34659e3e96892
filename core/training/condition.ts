import type { OpReplacement } from '../../compiler/graph.js';
import type { Domains, ValuesOf } from '../domain.js';
import type { Genome } from '../genome/genome.js';
import type { JsonObject } from '../json.js';
import type { Refusal } from '../layer/layer-kind.js';
import type { Registered } from '../registry.js';

/**
 * Other conditions under which a trained network is scored, such as the noise of a device that training did not see. They change
 * the genome, or the ops that its layers become, or both; one that does neither means nothing.
 */
export interface Condition<D extends Domains = Domains> extends Registered {
  readonly options: D;
  /**
   * The network under these conditions: its weights have the same number, order and meaning, so those of the trained one are
   * copied. The genome itself where the conditions mean nothing to it; a refusal where they cannot be had for it.
   */
  apply?(genome: Genome, options: ValuesOf<D>): Genome | Refusal;
  /** Other ops in place of those of its layers, whatever plugin the layers come from; operands and weights stay the same. */
  replace?(options: ValuesOf<D>): OpReplacement;
}

/** Gives a condition its types. */
export function defineCondition<const D extends Domains>(condition: Condition<D>): Condition {
  return condition;
}

/** A condition with its options, as `parseValues` gave them. */
export interface ConfiguredCondition {
  readonly condition: Condition;
  readonly options: JsonObject;
}

/** The condition of a score as it is recorded: its id, and every option. */
export type ScoreCondition = JsonObject & { readonly use: string };
