import type { LayerKind, Refusal } from '../layer/layer-kind.js';
import type { Registered, Registry } from '../registry.js';
import type { Genome, Limits } from './genome.js';

export interface ConstraintContext {
  readonly kinds: Registry<LayerKind>;
  readonly limits: Limits;
  /** Rows of the observation, and outputs of the policy head. */
  readonly task: Task;
}

/** What a network must read and answer. */
export interface Task {
  readonly observationRows: number;
  readonly policyRows: number;
}

/** A rule that every candidate keeps, checked before anything is trained. */
export interface Constraint extends Registered {
  /** Undefined when the genome keeps the rule. */
  check(genome: Genome, context: ConstraintContext): Refusal | undefined;
  /** A genome near the given one that keeps the rule; undefined when there is none. */
  repair?(genome: Genome, context: ConstraintContext): Genome | undefined;
}

/** Gives a constraint its types. */
export function defineConstraint(constraint: Constraint): Constraint {
  return constraint;
}
