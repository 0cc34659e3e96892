import { parseValues } from '../domain.js';
import type { Environment, EnvironmentKind } from './environment.js';
import { WrappedEnvironment } from './wrapped-environment.js';
import { WrappedVector } from './wrapped-vector.js';
import type { WrapperKind } from './wrapper-kind.js';

/** A wrapper with its options, as a config names it. */
export interface WrapperUse {
  readonly wrapper: WrapperKind;
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * An environment kind whose environments come wrapped, from the innermost wrapper to the outermost; in all else it is
 * the given one, so that trainers and checks take it as any other.
 * @throws HqnasError `unknown-option`, `missing-option`, `invalid-option`
 */
export function wrapKind(kind: EnvironmentKind, wrappers: readonly WrapperUse[]): EnvironmentKind {
  return wrappers.reduce(wrapOnce, kind);
}

function wrapOnce(kind: EnvironmentKind, { wrapper, options: given = {} }: WrapperUse): EnvironmentKind {
  const options = parseValues(wrapper.options, given, wrapper.id);
  const changed = wrapper.change?.(kind, options) ?? kind;
  const { make } = wrapper;
  if (make === undefined) return changed;
  const contextOf = (
    { observationSpace, actionSpace }: Pick<Environment, 'observationSpace' | 'actionSpace'>,
    lanes: number,
  ) => ({
    observationSpace,
    actionSpace,
    lanes,
  });
  return {
    ...changed,
    wrap(environment) {
      const inner = changed.wrap?.(environment) ?? environment;
      return new WrappedEnvironment(inner, make(contextOf(inner, 1), options));
    },
    wrapVector(vector) {
      const inner = changed.wrapVector?.(vector) ?? vector;
      return new WrappedVector(inner, make(contextOf(inner, inner.count), options));
    },
  };
}
