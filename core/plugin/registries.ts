import type { EnvironmentKind } from '../environment/environment.js';
import type { WrapperKind } from '../environment/wrapper-kind.js';
import type { Constraint } from '../genome/constraint.js';
import type { Mutation } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registry } from '../registry.js';
import type { Middleware } from '../search/middleware.js';
import type { SearchStrategy } from '../search/strategy.js';
import type { Condition } from '../training/condition.js';
import type { Measure } from '../training/measure.js';
import type { Metric } from '../training/metric.js';
import type { Trainer } from '../training/trainer.js';

/** Everything that plugins registered, by kind. The names are those of a plugin's members. */
export interface Registries {
  readonly environments: Registry<EnvironmentKind>;
  readonly wrappers: Registry<WrapperKind>;
  readonly layers: Registry<LayerKind>;
  readonly mutations: Registry<Mutation>;
  readonly constraints: Registry<Constraint>;
  readonly searchSpaces: Registry<SearchSpace>;
  readonly strategies: Registry<SearchStrategy>;
  readonly middleware: Registry<Middleware>;
  readonly trainers: Registry<Trainer>;
  readonly metrics: Registry<Metric>;
  readonly measures: Registry<Measure>;
  readonly conditions: Registry<Condition>;
}

/** Members of a plugin that hold registered things, and what one of them is called. */
export const registeredKinds = {
  environments: 'environment',
  wrappers: 'wrapper',
  layers: 'layer kind',
  mutations: 'mutation',
  constraints: 'constraint',
  searchSpaces: 'search space',
  strategies: 'search strategy',
  middleware: 'middleware',
  trainers: 'trainer',
  metrics: 'metric',
  measures: 'measure',
  conditions: 'condition',
} as const satisfies Readonly<Record<keyof Registries, string>>;

/** Names of the kinds, in the order of `registeredKinds`. */
export const kindNames = Object.keys(registeredKinds) as readonly (keyof Registries)[]; // keys of the literal above

/** Ids of everything registered, by kind: recorded with every experiment. */
export function registeredIds(registries: Registries): Record<keyof Registries, readonly string[]> {
  const entries = kindNames.map((kind) => [kind, registries[kind].ids()] as const);
  // One entry per kind, just made.
  return Object.fromEntries(entries) as Record<keyof Registries, readonly string[]>;
}
