import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { builtInPlugins } from '../../cli/built-in-plugins.js';
import { parseValues } from '../../core/domain.js';
import { makeVectorEnvironment } from '../../core/environment/make-environment.js';
import { optionsOf } from '../../core/experiment/config/config.js';
import { parseConfigValues } from '../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../core/experiment/config/resolve-config.js';
import { environmentOf } from '../../core/experiment/config/resolve-environment.js';
import { createRng } from '../../core/random.js';
import { decodeCheckpoint, encodeCheckpoint, loadWeights } from '../../core/training/checkpoint.js';
import type { Score } from '../../core/training/evaluator.js';
import { makeModel } from '../../core/training/make-model.js';
import { score } from '../../core/training/score.js';
import { createContainer } from '../../core/wiring/create-container.js';
import { REGISTRIES } from '../../core/wiring/tokens.js';
import { ppo } from '../../plugins/ppo/index.js';
import { runHere, runHqnas } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A config whose environment is wrapped, from the file to scores, models and the history of a search. */
const folder = temporaryFolder('wrapped');

jest.setTimeout(60_000);
const registries = createContainer(builtInPlugins).get(REGISTRIES);

const config = (wrappers: string): string => `
name: wrapped
preset: corrected
environment:
  use: pendulum/v1
  with:
${wrappers}
searchSpace: classical/mlp
strategy: random-search/uniform
seed: 3
budget: { candidates: 3 }
trainer: { use: ppo/clip, totalSteps: 512, environments: 2, stepsPerRollout: 64, epochs: 2, minibatchSize: 64 }
evaluation: { scores: [{ policy: greedy, episodes: 4 }], objectives: [score/greedy-mean] }
`;
const all = `
    - { use: wrappers/time-limit, steps: 40 }
    - { use: wrappers/rescale-action, minimum: -2, maximum: 2 }
    - wrappers/clip-action
    - { use: wrappers/sticky-action, probability: 0.1 }
    - { use: wrappers/frame-stack, frames: 2 }
    - { use: wrappers/scale-observation, factor: 3 }
    - { use: wrappers/add-noise, deviation: 0.001 }
    - wrappers/normalize-observation
    - { use: wrappers/normalize-reward, gamma: 0.9 }`;

interface Trained {
  readonly parametersHash: string;
  readonly scores: readonly Score[];
}

const train = ['train', 'all.yaml', '--dna', 'C 5 T C 1', '--json', '--save'];
let trained: Trained;
beforeAll(async () => {
  writeFileSync(path.join(folder, 'all.yaml'), config(all));
  const { code, output, errors } = await runHere(folder, [...train, 'model.safetensors']);
  expect([code, code === 0 ? '' : errors]).toEqual([0, '']);
  trained = JSON.parse(output) as Trained;
});

async function evaluate(model: string, ...more: readonly string[]): Promise<Score> {
  const { code, output, errors } = await runHere(folder, ['evaluate', model, '--json', ...more]);
  expect([code, code === 0 ? '' : errors]).toEqual([0, '']);
  return JSON.parse(output) as Score;
}

/** Returns of the episodes of given seeds, by the parts that commands are made of. */
function replay(file: string, seeds: readonly number[]): readonly number[] {
  const { config, genome, weights, statistics } = decodeCheckpoint(readFileSync(path.join(folder, file)));
  const resolved = resolveConfig(parseConfigValues(config, file), registries);
  const environment = environmentOf(resolved, registries);
  const model = makeModel(
    {
      kinds: registries.layers,
      environment,
      trainer: { trainer: ppo, options: parseValues(ppo.options, optionsOf(resolved.trainer), 'trainer') },
    },
    genome,
  );
  loadWeights(model, weights);
  const makeEnvironments = (count: number) => {
    const vector = makeVectorEnvironment(environment.kind, count, { options: environment.options });
    vector.freezeStatistics!(statistics!);
    return vector;
  };
  return score(model, makeEnvironments, { seeds, policy: 'greedy', rng: createRng(0) }).returns;
}

describe('a model that was trained in wrappers', () => {
  it('plays from its file as it did after training, with the statistics frozen', async () => {
    const [scored] = trained.scores;
    expect(scored!.returns).toHaveLength(4);
    expect(replay('model.safetensors', scored!.seeds)).toEqual(scored!.returns);
    const played = await evaluate('model.safetensors', '--episodes', '4');
    expect(replay('model.safetensors', played.seeds)).toEqual(played.returns);
    // Playing teaches the wrappers nothing: episodes beside them do not change these.
    const longer = await evaluate('model.safetensors', '--episodes', '9');
    expect(longer.returns.slice(0, 4)).toEqual(played.returns);
    // Rewards of the task, neither normalised nor of more than 40 steps, of which none is below -16.3.
    for (const value of played.returns) {
      expect(value).toBeLessThan(-40);
      expect(value).toBeGreaterThan(-40 * 16.3);
    }
  });

  it('carries what both normalising wrappers learned, and needs it', async () => {
    const model = decodeCheckpoint(readFileSync(path.join(folder, 'model.safetensors')));
    expect(model.statistics).toMatchObject({
      own: { means: [expect.any(Number)] },
      inner: { own: { means: Array.from({ length: 6 }, () => expect.any(Number)) } },
    });
    writeFileSync(path.join(folder, 'bare.safetensors'), encodeCheckpoint({ ...model, statistics: null }));
    const bare = await evaluate('bare.safetensors', '--episodes', '4');
    expect(bare.returns).not.toEqual((await evaluate('model.safetensors', '--episodes', '4')).returns);
  });

  it('is the same again', async () => {
    const again = JSON.parse((await runHere(folder, [...train, 'again.safetensors'])).output) as Trained;
    expect([again.parametersHash, again.scores]).toEqual([trained.parametersHash, trained.scores]);
  });
});

describe('a search in wrappers', () => {
  it('gives the same history with one worker and with two', async () => {
    const search = async (workers: string): Promise<string> => {
      const ledger = ['--ledger', `${workers}.db`];
      const ended = await runHqnas(folder, ['run', 'all.yaml', '--workers', workers, ...ledger]);
      expect([ended.code, ended.code === 0 ? '' : ended.errors]).toEqual([0, '']);
      const { output } = await runHere(folder, ['export', 'wrapped', '--no-facts', ...ledger]);
      return output;
    };
    const [one, two] = [await search('1'), await search('2')];
    expect(one.length).toBeGreaterThan(1000);
    expect(two).toBe(one);
  });
});

it('a wrapper that does not fit is refused before anything runs', async () => {
  writeFileSync(path.join(folder, 'unfit.yaml'), config(`    - wrappers/flatten-observations`));
  const unknown = await runHere(folder, ['run', 'unfit.yaml']);
  expect([unknown.code, unknown.errors]).toEqual([2, expect.stringContaining('wrappers/flatten-observation')]);
  writeFileSync(
    path.join(folder, 'unfit.yaml'),
    config(`    - { use: wrappers/rescale-action, minimum: 2, maximum: 1 }`),
  );
  const wrong = await runHere(folder, ['run', 'unfit.yaml']);
  expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('[invalid-option]')]);
});
