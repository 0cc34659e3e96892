import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseValues } from '../../../core/domain.js';
import { environmentFamily } from '../../../core/environment/environment-family.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { parseDna } from '../../../core/genome/dna.js';
import type { Genome } from '../../../core/genome/genome.js';
import { createRng, type Rng } from '../../../core/random.js';
import { makeModel } from '../../../core/training/make-model.js';
import { configureMeasure } from '../../../core/training/measure.js';
import { createMeasuring } from '../../../core/training/measuring.js';
import { sampleStates } from '../../../core/training/state-sample.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import type { Model } from '../../../core/model/model.js';

export const registries = createContainer(builtInPlugins).get(REGISTRIES);
const seed = 7;

/** A place to measure in, and what it takes to come to the same numbers by hand. */
export function surroundings(environmentId = 'cartpole/v1', asked: Readonly<Record<string, object>> = {}) {
  const trainer = registries.trainers.get('ppo/clip');
  const options = parseValues(
    trainer.options,
    { totalSteps: 256, environments: 2, stepsPerRollout: 64, minibatchSize: 32, epochs: 2 },
    'trainer',
  );
  const kind = registries.environments.get(environmentId);
  const make = (count: number) => makeVectorEnvironment(kind, count, {});
  const parts = { kinds: registries.layers, environment: { kind, options: {} }, trainer: { trainer, options } };
  const root = createRng(seed).fork('measure');
  return {
    measuring: createMeasuring({
      ...parts,
      measures: registries.measures,
      metrics: registries.metrics,
      asked: Object.entries(asked).map(([id, given]) =>
        configureMeasure(registries.measures.get(id), given as Readonly<Record<string, unknown>>),
      ),
      rng: createRng(seed),
    }),
    /** The stream that a measure gets. */
    streamOf: (id: string): Rng => root.fork(id),
    /** The states that measures share. */
    states: sampleStates(make, 64, root.fork('states')),
    /** A model as training would have it, with start values drawn. */
    model(genome: Genome, stream: Rng): Model {
      const model = makeModel(parts, genome);
      model.program.initialize(stream);
      return model;
    },
    family: () => environmentFamily(make),
    train: (model: Model, family: ReturnType<typeof environmentFamily>, rng: Rng) =>
      trainer.train(options, model, family.forTraining, { rng, share: 1e-9 }),
  };
}

export const genomeOf = (dna: string): Genome => parseDna(dna, registries.layers);
