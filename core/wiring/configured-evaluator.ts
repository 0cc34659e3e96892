import { parseValues } from '../domain.js';
import type { Clock } from '../experiment/clock.js';
import { optionsOf, type ExperimentConfig } from '../experiment/config/config.js';
import { createConfiguredMeasuring } from '../experiment/configured-measuring.js';
import { objectivesIn } from '../experiment/objectives.js';
import { environmentOf } from '../experiment/config/resolve-environment.js';
import type { Registries } from '../plugin/registries.js';
import { createRng } from '../random.js';
import type { Evaluator } from '../training/evaluator.js';
import { createLocalEvaluator, type LocalEvaluatorParts } from '../training/local-evaluator.js';

/**
 * The evaluator of a config, in the calling thread.
 * @param extras what a config does not say, such as a listener for trained models
 */
export function createConfiguredEvaluator(
  config: ExperimentConfig,
  registries: Registries,
  clock: Clock,
  extras: Partial<LocalEvaluatorParts> = {},
): Evaluator {
  const trainer = registries.trainers.get(config.trainer.use, 'trainer.use');
  const options = parseValues(trainer.options, optionsOf(config.trainer), 'trainer');
  const strategy = registries.strategies.get(config.strategy.use, 'strategy.use');
  const { measures = [] } = config.evaluation;
  const modules = extras.modules === undefined ? {} : { modules: extras.modules };
  return createLocalEvaluator({
    kinds: registries.layers,
    environment: environmentOf(config, registries),
    // Domains hold JSON values only.
    trainer: { trainer, options: options },
    scores: config.evaluation.scores.map(({ under, ...score }) => {
      if (under === undefined) return score;
      const condition = registries.conditions.get(under.use, 'evaluation.scores');
      const values = parseValues(condition.options, optionsOf(under), 'evaluation.scores');
      // Domains hold JSON values only.
      return { ...score, under: { condition, options: values } };
    }),
    metrics: registries.metrics,
    objectives: objectivesIn(config, registries),
    ...(measures.length === 0 ? {} : { measuring: createConfiguredMeasuring(config, registries, modules) }),
    rng: createRng(config.seed),
    seconds: () => clock.seconds(),
    relaxed: config.fast,
    keepWeights:
      strategy.inheritsWeights?.(parseValues(strategy.options, optionsOf(config.strategy), 'strategy')) === true,
    ...extras,
  });
}
