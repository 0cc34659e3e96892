import type { EnvironmentKind } from '../environment/environment.js';
import type { WrapperKind } from '../environment/wrapper-kind.js';
import type { Constraint } from '../genome/constraint.js';
import type { Mutation } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Middleware } from '../search/middleware.js';
import type { SearchStrategy } from '../search/strategy.js';
import type { Condition } from '../training/condition.js';
import type { Measure } from '../training/measure.js';
import type { Metric } from '../training/metric.js';
import type { Trainer } from '../training/trainer.js';

/** A bundle of things to register: a plain value. All ids start with the plugin's name. */
export interface Plugin {
  readonly name: string;
  /** Version of what it computes; recorded with every experiment. */
  readonly version?: string;
  /** Names of plugins that must be loaded too. */
  readonly requires?: readonly string[];
  readonly environments?: readonly EnvironmentKind[];
  readonly wrappers?: readonly WrapperKind[];
  readonly layers?: readonly LayerKind[];
  readonly mutations?: readonly Mutation[];
  readonly constraints?: readonly Constraint[];
  readonly searchSpaces?: readonly SearchSpace[];
  readonly strategies?: readonly SearchStrategy[];
  readonly middleware?: readonly Middleware[];
  readonly trainers?: readonly Trainer[];
  readonly metrics?: readonly Metric[];
  readonly measures?: readonly Measure[];
  readonly conditions?: readonly Condition[];
}

/** Gives a plugin its types. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
