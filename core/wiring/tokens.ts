import type { ServiceIdentifier } from 'inversify';
import type { EnvironmentKind } from '../environment/environment.js';
import type { WrapperKind } from '../environment/wrapper-kind.js';
import type { Clock, IdSource } from '../experiment/clock.js';
import type { ExperimentConfig } from '../experiment/config/config.js';
import type { ExperimentEvents } from '../experiment/events.js';
import type { Experiment, RunFacts } from '../experiment/experiment.js';
import type { Ledger } from '../experiment/ledger.js';
import type { Constraint } from '../genome/constraint.js';
import type { Mutation } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import type { Registries } from '../plugin/registries.js';
import type { Middleware } from '../search/middleware.js';
import type { SearchStrategy } from '../search/strategy.js';
import type { Condition } from '../training/condition.js';
import type { Evaluator } from '../training/evaluator.js';
import type { Measure } from '../training/measure.js';
import type { Metric } from '../training/metric.js';
import type { Trainer } from '../training/trainer.js';

/** Symbols of the global registry: a second copy of this package finds the same tokens. */
function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`hqnas/${name}`);
}

/** What plugins bring, any number of each. */
export const THINGS = {
  environments: token<EnvironmentKind>('environment'),
  wrappers: token<WrapperKind>('wrapper'),
  layers: token<LayerKind>('layer'),
  mutations: token<Mutation>('mutation'),
  constraints: token<Constraint>('constraint'),
  searchSpaces: token<SearchSpace>('search-space'),
  strategies: token<SearchStrategy>('strategy'),
  middleware: token<Middleware>('middleware'),
  trainers: token<Trainer>('trainer'),
  metrics: token<Metric>('metric'),
  measures: token<Measure>('measure'),
  conditions: token<Condition>('condition'),
} as const;

export const REGISTRIES = token<Registries>('registries');
export const CONFIG = token<ExperimentConfig>('config');
export const LEDGER = token<Ledger>('ledger');
export const CLOCK = token<Clock>('clock');
export const IDS = token<IdSource>('ids');
export const EVENTS = token<ExperimentEvents>('events');
export const EVALUATOR = token<Evaluator>('evaluator');
export const EXPERIMENT = token<Experiment>('experiment');
export const RUN = token<RunFacts>('run');
