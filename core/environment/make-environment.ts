import { parseValues } from '../domain.js';
import type { Environment, EnvironmentKind } from './environment.js';
import { lift } from './lift.js';
import { OrderEnforcing, type Wrapper } from './order-enforcing.js';
import { TimeLimit } from './time-limit.js';
import type { Space } from './space.js';
import type { VectorEnvironment } from './vector-environment.js';

export interface MakeOptions {
  /** The kind's own options, such as `integrator` of CartPole. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Overrides the kind's time limit; undefined keeps it, 0 = no limit. */
  readonly maxEpisodeSteps?: number | undefined;
}

/**
 * One environment as Gymnasium's `make` builds it: TimeLimit around OrderEnforcing around the environment.
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function makeEnvironment(kind: EnvironmentKind, settings: MakeOptions = {}): Wrapper<Space, Space> {
  const environment = new OrderEnforcing(kind.make(parseValues(kind.options, settings.options ?? {}, kind.id)));
  const limit = limitOf(kind, settings);
  return limit === undefined ? environment : new TimeLimit(environment, limit);
}

/**
 * `count` environments stepped at once: the kind's own batch form, or scalar environments lifted. Both give the same
 * numbers.
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function makeVectorEnvironment(
  kind: EnvironmentKind,
  count: number,
  settings: MakeOptions = {},
): VectorEnvironment {
  if (kind.makeVector === undefined) return liftKind(kind, count, settings);
  return kind.makeVector(count, parseValues(kind.options, settings.options ?? {}, kind.id), limitOf(kind, settings));
}

/** `count` scalar environments, lifted even where the kind has a batch form. */
export function liftKind(kind: EnvironmentKind, count: number, settings: MakeOptions = {}): VectorEnvironment {
  return lift(Array.from({ length: count }, (): Environment => makeEnvironment(kind, settings)));
}

function limitOf(kind: EnvironmentKind, { maxEpisodeSteps = kind.maxEpisodeSteps }: MakeOptions): number | undefined {
  return maxEpisodeSteps === 0 ? undefined : maxEpisodeSteps;
}
