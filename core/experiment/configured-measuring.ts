import { parseValues } from '../domain.js';
import type { Registries } from '../plugin/registries.js';
import { createRng } from '../random.js';
import { configureMeasure } from '../training/measure.js';
import { createMeasuring, type Measuring, type MeasuringParts } from '../training/measuring.js';
import { optionsOf, type ExperimentConfig } from './config/config.js';
import { environmentOf } from './config/resolve-environment.js';

/** Measures untrained networks as a config asks for it: in the thread of the search, and in workers. */
export function createConfiguredMeasuring(
  config: ExperimentConfig,
  registries: Registries,
  extras: Pick<MeasuringParts, 'modules'> = {},
): Measuring {
  const trainer = registries.trainers.get(config.trainer.use, 'trainer.use');
  return createMeasuring({
    kinds: registries.layers,
    environment: environmentOf(config, registries),
    trainer: { trainer, options: parseValues(trainer.options, optionsOf(config.trainer), 'trainer') },
    measures: registries.measures,
    metrics: registries.metrics,
    asked: (config.evaluation.measures ?? []).flatMap((given) => {
      const component = typeof given === 'string' ? { use: given } : given;
      // Metrics are recorded anyway.
      if (registries.metrics.has(component.use)) return [];
      const measure = registries.measures.get(component.use, 'evaluation.measures');
      return [configureMeasure(measure, optionsOf(component), 'evaluation.measures')];
    }),
    rng: createRng(config.seed),
    ...extras,
  });
}
