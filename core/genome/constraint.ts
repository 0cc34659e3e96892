import { parseValues, type Domains, type ValuesOf } from '../domain.js';
import type { LayerKind, Refusal } from '../layer/layer-kind.js';
import type { Registered, Registry } from '../registry.js';
import type { Genome, Limits } from './genome.js';
import type { NetworkMeasures } from './network-measures.js';

/** What a constraint may know besides the genome. */
export interface ConstraintContext<D extends Domains = Domains> {
  readonly kinds: Registry<LayerKind>;
  readonly limits: Limits;
  /** Rows of the observation, and outputs of the policy head. */
  readonly task: Task;
  /** As the config gives them, defaults filled in; empty for a constraint without options. */
  readonly options: ValuesOf<D>;
  /** Numbers about untrained networks; absent where there is no environment to measure in, as in tests of moves. */
  readonly measures?: NetworkMeasures;
}

/** What a network must read and answer. */
export interface Task {
  readonly observationRows: number;
  readonly policyRows: number;
}

/** A rule that every candidate keeps, checked before anything is trained. */
export interface Constraint<D extends Domains = Domains> extends Registered {
  /** Leave it out when there is nothing to choose. */
  readonly options?: D;
  /** Undefined when the genome keeps the rule. */
  check(genome: Genome, context: ConstraintContext<D>): Refusal | undefined;
  /** A genome near the given one that keeps the rule; undefined when there is none. */
  repair?(genome: Genome, context: ConstraintContext<D>): Genome | undefined;
}

/** Gives a constraint its types. */
export function defineConstraint<const D extends Domains>(constraint: Constraint<D>): Constraint {
  return constraint;
}

/** A constraint with the options of one config: the same rule may hold twice with different ones. */
export interface ConfiguredConstraint {
  readonly constraint: Constraint;
  readonly options: ValuesOf<Domains>;
}

/**
 * Checks the options of a constraint and fills in its defaults.
 * @param where path of the options in the config, for messages
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function configureConstraint(
  constraint: Constraint,
  given: Readonly<Record<string, unknown>> = {},
  where: string = constraint.id,
): ConfiguredConstraint {
  return { constraint, options: parseValues(constraint.options ?? {}, given, where) };
}
