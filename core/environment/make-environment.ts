import { parseValues } from '../domain.js';
import type { Autoreset } from './autoreset.js';
import type { EnvironmentKind, Wrapper } from './environment.js';
import { lift } from './lift.js';
import { OrderEnforcing } from './order-enforcing.js';
import { TimeLimit } from './time-limit.js';
import type { VectorEnvironment } from './vector-environment.js';

/** How an environment of a kind is made. */
export interface MakeOptions {
  /** The kind's own options, such as `integrator` of CartPole. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Overrides the kind's time limit; undefined keeps it, 0 = no limit. */
  readonly maxEpisodeSteps?: number | undefined;
  /** Of vector environments; default `same-step`. */
  readonly autoreset?: Autoreset;
}

/**
 * One environment as Gymnasium's `make` builds it: TimeLimit around OrderEnforcing around the environment, and around
 * all of it the wrappers of the kind.
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function makeEnvironment(kind: EnvironmentKind, settings: MakeOptions = {}): Wrapper {
  const environment = new OrderEnforcing(kind.make(parseValues(kind.options, settings.options ?? {}, kind.id)));
  const limit = limitOf(kind, settings);
  const limited = limit === undefined ? environment : new TimeLimit(environment, limit);
  return kind.wrap?.(limited) ?? limited;
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
  const { autoreset = 'same-step' } = settings;
  const options = parseValues(kind.options, settings.options ?? {}, kind.id);
  const wrappedAlone = kind.wrap !== undefined && kind.wrapVector === undefined;
  if (kind.makeVector !== undefined && !wrappedAlone) {
    const vector = kind.makeVector(count, options, limitOf(kind, settings), autoreset);
    if ((vector.autoreset ?? 'same-step') === autoreset) return kind.wrapVector?.(vector) ?? vector;
    vector.close?.();
  }
  return liftKind(kind, count, settings);
}

/** `count` scalar environments, lifted even where the kind has a batch form. */
export function liftKind(kind: EnvironmentKind, count: number, settings: MakeOptions = {}): VectorEnvironment {
  const single = kind.wrapVector === undefined ? kind : withoutWrap(kind);
  const environments = Array.from({ length: count }, () => makeEnvironment(single, settings));
  const vector = lift(environments, settings.autoreset);
  return kind.wrapVector?.(vector) ?? vector;
}

function withoutWrap({ wrap: _, ...kind }: EnvironmentKind): EnvironmentKind {
  return kind;
}

function limitOf(kind: EnvironmentKind, { maxEpisodeSteps = kind.maxEpisodeSteps }: MakeOptions): number | undefined {
  return maxEpisodeSteps === 0 ? undefined : maxEpisodeSteps;
}
