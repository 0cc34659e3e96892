import 'reflect-metadata';
import { Container } from 'inversify';
import type { Clock, IdSource } from '../experiment/clock.js';
import type { ExperimentConfig } from '../experiment/config/config.js';
import { ExperimentEvents } from '../experiment/events.js';
import { Experiment, type RunFacts } from '../experiment/experiment.js';
import type { Ledger } from '../experiment/ledger.js';
import type { Plugin } from '../plugin/define-plugin.js';
import type { Registries } from '../plugin/registries.js';
import type { Evaluator } from '../training/evaluator.js';
import { bindRegistries } from './bind-registries.js';
import { pluginModule } from './plugin-module.js';
import { CLOCK, CONFIG, EVALUATOR, EVENTS, EXPERIMENT, IDS, LEDGER, REGISTRIES, RUN } from './tokens.js';

/** What comes from outside core. A worker, or a command that only looks things up, needs but a few of them. */
export interface Services {
  /** Makes the config, once everything is registered. */
  readonly resolveConfig?: (registries: Registries) => ExperimentConfig;
  readonly createEvaluator?: (
    config: ExperimentConfig,
    registries: Registries,
    clock: Clock,
    run: RunFacts | undefined,
  ) => Evaluator;
  /** Facts of this run, once the config is known. */
  readonly describeRun?: (config: ExperimentConfig) => RunFacts;
  readonly ledger?: Ledger;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly events?: ExperimentEvents;
}

/**
 * Wires plugins and services together; the only place that does. Everything is made once, when it is first asked for.
 * What a service makes may throw its own HqnasErrors; they come out of `get` unchanged.
 */
export function createContainer(plugins: readonly Plugin[], services: Services = {}): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...plugins.map(pluginModule));
  bindRegistries(container);
  const { resolveConfig, createEvaluator, describeRun, ledger, clock, ids, events } = services;
  if (resolveConfig !== undefined) container.bind(CONFIG).toResolvedValue(resolveConfig, [REGISTRIES]);
  if (describeRun !== undefined) container.bind(RUN).toResolvedValue(describeRun, [CONFIG]);
  if (createEvaluator !== undefined) {
    container
      .bind(EVALUATOR)
      .toResolvedValue(createEvaluator, [CONFIG, REGISTRIES, CLOCK, { serviceIdentifier: RUN, optional: true }]);
  }
  if (ledger !== undefined) container.bind(LEDGER).toConstantValue(ledger);
  if (clock !== undefined) container.bind(CLOCK).toConstantValue(clock);
  if (ids !== undefined) container.bind(IDS).toConstantValue(ids);
  container.bind(EVENTS).toConstantValue(events ?? new ExperimentEvents());
  container
    .bind(EXPERIMENT)
    .toResolvedValue(
      (config, registries, evaluator, ledger, clock, ids, events, run) =>
        new Experiment({ config, registries, evaluator, ledger, clock, ids, events, run }),
      [CONFIG, REGISTRIES, EVALUATOR, LEDGER, CLOCK, IDS, EVENTS, RUN],
    );
  return container;
}
