import type { Container } from 'inversify';
import type { EnvironmentKind } from '../environment/environment.js';
import type { WrapperKind } from '../environment/wrapper-kind.js';
import type { Constraint } from '../genome/constraint.js';
import type { Mutation } from '../genome/mutation.js';
import type { SearchSpace } from '../genome/search-space.js';
import type { LayerKind } from '../layer/layer-kind.js';
import { registeredKinds, type Registries } from '../plugin/registries.js';
import { Registry } from '../registry.js';
import type { Middleware } from '../search/middleware.js';
import type { SearchStrategy } from '../search/strategy.js';
import type { Condition } from '../training/condition.js';
import type { Measure } from '../training/measure.js';
import type { Metric } from '../training/metric.js';
import type { Trainer } from '../training/trainer.js';
import { REGISTRIES, THINGS } from './tokens.js';

/** Binds one registry per kind over everything that plugins bound to it. The only multi-injection. */
export function bindRegistries(container: Container): void {
  container.bind(REGISTRIES).toResolvedValue(
    (
      environments: EnvironmentKind[],
      wrappers: WrapperKind[],
      layers: LayerKind[],
      mutations: Mutation[],
      constraints: Constraint[],
      searchSpaces: SearchSpace[],
      strategies: SearchStrategy[],
      middleware: Middleware[],
      trainers: Trainer[],
      metrics: Metric[],
      measures: Measure[],
      conditions: Condition[],
    ): Registries => ({
      environments: new Registry(registeredKinds.environments, environments),
      wrappers: new Registry(registeredKinds.wrappers, wrappers),
      layers: new Registry(registeredKinds.layers, layers),
      mutations: new Registry(registeredKinds.mutations, mutations),
      constraints: new Registry(registeredKinds.constraints, constraints),
      searchSpaces: new Registry(registeredKinds.searchSpaces, searchSpaces),
      strategies: new Registry(registeredKinds.strategies, strategies),
      middleware: new Registry(registeredKinds.middleware, middleware),
      trainers: new Registry(registeredKinds.trainers, trainers),
      metrics: new Registry(registeredKinds.metrics, metrics),
      measures: new Registry(registeredKinds.measures, measures),
      conditions: new Registry(registeredKinds.conditions, conditions),
    }),
    [
      { serviceIdentifier: THINGS.environments, isMultiple: true },
      { serviceIdentifier: THINGS.wrappers, isMultiple: true },
      { serviceIdentifier: THINGS.layers, isMultiple: true },
      { serviceIdentifier: THINGS.mutations, isMultiple: true },
      { serviceIdentifier: THINGS.constraints, isMultiple: true },
      { serviceIdentifier: THINGS.searchSpaces, isMultiple: true },
      { serviceIdentifier: THINGS.strategies, isMultiple: true },
      { serviceIdentifier: THINGS.middleware, isMultiple: true },
      { serviceIdentifier: THINGS.trainers, isMultiple: true },
      { serviceIdentifier: THINGS.metrics, isMultiple: true },
      { serviceIdentifier: THINGS.measures, isMultiple: true },
      { serviceIdentifier: THINGS.conditions, isMultiple: true },
    ],
  );
}
