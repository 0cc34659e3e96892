import type { Graph } from '../../compiler/graph.js';
import { parseValues, type Domains, type ValuesOf } from '../domain.js';
import type { EnvironmentFamily } from '../environment/environment-family.js';
import type { Task } from '../genome/constraint.js';
import type { Genome } from '../genome/genome.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Model, ModelCounts } from '../model/model.js';
import type { Registered, Registry } from '../registry.js';
import type { Rng } from '../random.js';
import type { StateSample } from './state-sample.js';

/** An untrained network in its surroundings: all that a measure may look at. */
export interface Untrained {
  readonly genome: Genome;
  readonly kinds: Registry<LayerKind>;
  readonly task: Task;
  /** Policy and value network as ops. */
  readonly graph: Graph;
  readonly counts: ModelCounts;
  /**
   * Stream of the measure, the same for every network: differences between networks are not differences of luck (common
   * random numbers).
   */
  readonly rng: Rng;
  /** Observations of the environment, and the actions that were taken there at random; the same for every network. */
  states(): StateSample;
  /**
   * The compiled networks with start values drawn from `rng`. The same object at every call, so the one before changes; it
   * compiles at the first one, which takes milliseconds.
   */
  draw(rng: Rng): Model;
  /** The same, whose program also gives gradients of its inputs; an object of its own. */
  drawWithInputGradients(rng: Rng): Model;
  /** The environment of the experiment, with its wrappers. */
  environments(): EnvironmentFamily;
  /**
   * The shortest training that the trainer of the experiment can do: one iteration for `ppo/clip`.
   * @throws CandidateFailure when it diverges
   */
  trainBriefly(model: Model, environments: EnvironmentFamily, rng: Rng): void;
}

/**
 * A number about a network before it is trained. Configs ask for it in `evaluation.measures`: it is then recorded among the
 * metrics of every candidate, can be an objective, and the report says how well it predicted scores.
 */
export interface Measure<D extends Domains = Domains> extends Registered {
  /** Which way is taken for better. */
  readonly direction: 'maximise' | 'minimise';
  /** Leave it out when there is nothing to choose. */
  readonly options?: D;
  /**
   * Deterministic in (network, options, `untrained.rng`).
   * @returns undefined where it does not apply; a number that is not finite counts as undefined
   */
  of(untrained: Untrained, options: ValuesOf<D>): number | undefined;
}

/** Gives a measure its types. */
export function defineMeasure<const D extends Domains>(measure: Measure<D>): Measure {
  return measure;
}

/** A measure with its options. */
export interface ConfiguredMeasure {
  readonly measure: Measure;
  readonly options: ValuesOf<Domains>;
}

/**
 * Checks the options of a measure and fills in its defaults.
 * @param where path of the options in the config, for messages
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function configureMeasure(
  measure: Measure,
  given: Readonly<Record<string, unknown>> = {},
  where: string = measure.id,
): ConfiguredMeasure {
  return { measure, options: parseValues(measure.options ?? {}, given, where) };
}
