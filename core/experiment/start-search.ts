import { parseValues } from '../domain.js';
import { makeEnvironment } from '../environment/make-environment.js';
import { rowsOf } from '../environment/space.js';
import { configureConstraint, type Task } from '../genome/constraint.js';
import type { Limits } from '../genome/genome.js';
import { policyRowsOf } from '../model/build-model.js';
import type { Registries } from '../plugin/registries.js';
import { createRng } from '../random.js';
import { createMoves } from '../search/create-moves.js';
import { startComposed } from '../search/middleware.js';
import { withRejections } from '../search/with-rejections.js';
import type { Search } from '../search/strategy.js';
import { isCandidateFailure } from '../training/failure.js';
import { optionsOf, type ExperimentConfig } from './config/config.js';
import { createConfiguredMeasuring } from './configured-measuring.js';
import { environmentOf } from './config/resolve-environment.js';

/** The strategy of a config at its start, with the moves of its search space. */
export function startSearch(config: ExperimentConfig, registries: Registries): Search {
  const { searchSpace } = config;
  const measures = createConfiguredMeasuring(config, registries);
  const moves = createMoves({
    space: registries.searchSpaces.get(searchSpace.use, 'searchSpace.use'),
    mutations: Object.entries(searchSpace.mutations).map(([id, weight]) => ({
      mutation: registries.mutations.get(id, 'searchSpace.mutations'),
      weight,
    })),
    constraints: searchSpace.constraints.map((given) => {
      const component = typeof given === 'string' ? { use: given } : given;
      const constraint = registries.constraints.get(component.use, 'searchSpace.constraints');
      return configureConstraint(constraint, optionsOf(component), 'searchSpace.constraints');
    }),
    // resolveSearchSpace starts from the limits of the space, which have `layers`.
    limits: searchSpace.limits as Limits,
    kinds: registries.layers,
    task: taskOf(config, registries),
    measures,
  });
  const strategy = registries.strategies.get(config.strategy.use, 'strategy.use');
  const around = (config.strategy.with ?? []).map((component) => {
    const middleware = registries.middleware.get(component.use, 'strategy.with');
    return { middleware, options: parseValues(middleware.options, optionsOf(component), 'strategy.with') };
  });
  const options = parseValues(strategy.options, optionsOf(config.strategy), 'strategy');
  const search = startComposed(strategy, options, around, moves, {
    candidates: config.budget.candidates,
    objectives: config.evaluation.objectives,
    measures,
  });
  return withRejections(search, moves);
}

/** What a network must read and answer in the environment of a config. */
export function taskOf(config: ExperimentConfig, registries: Registries): Task {
  const { kind, options } = environmentOf(config, registries);
  const environment = makeEnvironment(kind, { options });
  const task = {
    observationRows: rowsOf(environment.observationSpace),
    policyRows: policyRowsOf(environment.actionSpace),
  };
  environment.close?.();
  return task;
}

/**
 * Tries what can be tried before anything is recorded: the trainer's view of the task, and a first proposal.
 * @throws HqnasError `search-starved`, and what the parts of the config throw
 */
export function rehearse(config: ExperimentConfig, registries: Registries): void {
  const { kind, options } = environmentOf(config, registries);
  const environment = makeEnvironment(kind, { options });
  const { actionSpace } = environment;
  environment.close?.();
  const trainer = registries.trainers.get(config.trainer.use, 'trainer.use');
  trainer.request(parseValues(trainer.options, optionsOf(config.trainer), 'trainer'), actionSpace);
  try {
    startSearch(config, registries).ask(0, createRng(config.seed).fork('ask', 0));
  } catch (error) {
    // A plugin that fails is a failed candidate, and the search goes on.
    if (!isCandidateFailure(error)) throw error;
  }
}
