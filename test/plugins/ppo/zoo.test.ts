import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { createRng } from '../../../core/random.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { environmentOf } from '../../../core/experiment/config/resolve-environment.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import type { ExperimentConfig } from '../../../core/experiment/config/config.js';
import { makeModel } from '../../../core/training/make-model.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { ppo, zoo, zooByEnvironment } from '../../../plugins/ppo/index.js';
import { optionsOf } from './network.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);

function configOf(environment: string, trainer: Readonly<Record<string, string | number | boolean>>): ExperimentConfig {
  const draft = parseConfigValues(
    {
      ...{ environment, searchSpace: 'classical/mlp', strategy: 'random-search/uniform', budget: { candidates: 1 } },
      trainer: { use: 'ppo/clip', ...trainer },
    },
    'test',
  );
  return resolveConfig(draft, registries);
}

describe('preset: zoo', () => {
  it.each(Object.entries(zooByEnvironment))('is, in %s, %s', (environment, name) => {
    const { trainer } = configOf(environment, { preset: 'zoo', totalSteps: 17 });
    expect(trainer).toEqual({ use: 'ppo/clip', ...optionsOf({ ...zoo[name], totalSteps: 17 }) });
  });

  it('names every set of the zoo', () => {
    expect(Object.values(zooByEnvironment)).toEqual(Object.keys(zoo));
    expect(Object.keys(ppo.presets)).toEqual(expect.arrayContaining(Object.keys(zoo)));
  });

  it('is refused where the zoo has nothing', () => {
    const refused = (environment: string, preset: string) => () => configOf(environment, { preset });
    expect(refused('echo/v1', 'zoo')).toThrow(
      expect.objectContaining({ code: 'unknown-preset', message: expect.stringContaining('acrobot/v1') }),
    );
    expect(refused('acrobot/v1', 'zo')).toThrow(
      expect.objectContaining({ code: 'unknown-preset', message: expect.stringContaining('"zoo"') }),
    );
  });
});

describe('what the trainer of a config asks for', () => {
  it('is put around its environment', () => {
    const learns = (trainer: Readonly<Record<string, boolean>>) => {
      const { kind, options } = environmentOf(configOf('acrobot/v1', trainer), registries);
      return makeVectorEnvironment(kind, 2, { options }).saveStatistics?.();
    };
    expect(learns({})).toBeUndefined();
    expect(learns({ normaliseObservations: true })).toHaveProperty('own.counts');
    expect(learns({ normaliseObservations: true, normaliseRewards: true })).toHaveProperty('inner.own.counts');
  });

  it('is dropout behind every hidden layer', () => {
    const kinds = registries.layers;
    const layers = [8, 4, 1].map((units) => ({ kind: 'classical/dense', units, activation: 'tanh' }) as const);
    const build = (given: Readonly<Record<string, unknown>>) =>
      makeModel(
        {
          kinds,
          environment: environmentOf(configOf('acrobot/v1', {}), registries),
          trainer: { trainer: ppo, options: optionsOf(given) },
        },
        { layers },
      );
    const { graph, program } = build({ dropout: 0.25 });
    const dropped = graph.nodes.filter(({ op }) => op !== 'input' && op.id === 'core/dropout');
    expect(dropped.map(({ attributes }) => attributes)).toEqual([0.25, 0.25, 0.25, 0.25].map((rate) => ({ rate })));
    const plain = build({});
    expect(plain.graph.nodes.length).toBe(graph.nodes.length - 4);

    // Without a stream for it nothing is dropped.
    for (const each of [program, plain.program]) {
      each.initialize(createRng(1));
      each.inputs[0]!.data.fill(0.5);
      each.forward(1);
    }
    expect(program.outputs['policy']!.data.slice(0, 1)).toEqual(plain.program.outputs['policy']!.data.slice(0, 1));
  });
});
