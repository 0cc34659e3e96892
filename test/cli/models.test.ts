import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decodeCheckpoint, encodeCheckpoint } from '../../core/training/checkpoint.js';
import { runHere, type Ended } from './run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('models');
const hqnas = (...args: string[]): Promise<Ended> => runHere(folder, args);

writeFileSync(
  path.join(folder, 'pendulum.yaml'),
  `preset: corrected
environment:
  use: pendulum/v1
  with: [{ use: wrappers/time-limit, steps: 12 }, wrappers/normalize-reward]
trainer:
  use: ppo/clip
  preset: zoo
  environments: 2
  stepsPerRollout: 128
  epochs: 2
  totalSteps: 512
  normaliseObservations: true
  normaliseRewards: true
  noiseCorrelation: 0.5
  dropout: 0.2
evaluation: { scores: [{ policy: greedy, episodes: 2 }], objectives: [score/greedy-mean] }
`,
);
const dna = ['--dna', 'C 6 T C 1'];

interface Result {
  readonly parametersHash: string;
  readonly steps: number;
  readonly curve: unknown;
  readonly scores: unknown;
}

describe('a saved model', () => {
  it('goes on training as if it had never stopped, and plays as it did', async () => {
    const whole = await hqnas('train', 'pendulum.yaml', ...dna, '--json', '--save', 'whole.safetensors');
    await hqnas('train', 'pendulum.yaml', ...dna, '--steps', '256', '--save', 'half.safetensors');
    const resumed = await hqnas(
      ...['train', '--resume', 'half.safetensors', '--steps', '512', '--json', '--save', 'resumed.safetensors'],
    );
    expect([whole.code, resumed.code]).toEqual([0, 0]);
    const [a, b] = [JSON.parse(whole.output) as Result, JSON.parse(resumed.output) as Result];
    expect([b.parametersHash, b.steps, b.curve, b.scores]).toEqual([a.parametersHash, a.steps, a.curve, a.scores]);

    const read = (file: string) => decodeCheckpoint(readFileSync(path.join(folder, file)));
    const [first, second] = [read('whole.safetensors'), read('resumed.safetensors')];
    expect(second).toEqual(first);
    expect(Object.keys(first.weights)).toContain('policy log deviation');
    expect(first.statistics).not.toBeNull();

    const play = async (file: string) => (await hqnas('evaluate', file, '--episodes', '3', '--json')).output;
    const played = JSON.parse(await play('whole.safetensors')) as { returns: number[] };
    expect(played.returns).toHaveLength(3);
    expect(JSON.parse(await play('resumed.safetensors'))).toEqual(played);
    // The statistics of observations belong to the network.
    writeFileSync(path.join(folder, 'bare.safetensors'), encodeCheckpoint({ ...first, statistics: null }));
    expect((JSON.parse(await play('bare.safetensors')) as { returns: number[] }).returns).not.toEqual(played.returns);
  });

  it('is recorded', async () => {
    const { code } = await hqnas('evaluate', 'whole.safetensors', '--episodes', '1', '--record', 'out.gif');
    expect(code).toBe(0);
    expect(readFileSync(path.join(folder, 'out.gif')).subarray(0, 6).toString('latin1')).toBe('GIF89a');
  });

  it('finds its plugins from where it lies', async () => {
    const example = path.resolve(import.meta.dirname, '../../examples/custom-environment/config.yaml');
    const model = path.join('models', 'corridor.safetensors');
    mkdirSync(path.join(folder, 'models'), { recursive: true });
    const trained = await hqnas('train', example, '--dna', 'C 4 T C 1', '--steps', '256', '--save', model);
    expect([trained.code, trained.code === 0 ? '' : trained.errors]).toEqual([0, '']);
    const { config } = decodeCheckpoint(readFileSync(path.join(folder, model)));
    expect(config['plugins']).toEqual([expect.stringMatching(/^\.\.\/.*corridor\.ts$/)]);
    const { code, errors } = await hqnas('evaluate', model, '--episodes', '1');
    expect([code, code === 0 ? '' : errors]).toEqual([0, '']);
  });

  it('is refused where it cannot be used', async () => {
    writeFileSync(
      path.join(folder, 'torn.safetensors'),
      readFileSync(path.join(folder, 'whole.safetensors')).subarray(0, -9),
    );
    writeFileSync(path.join(folder, 'text.safetensors'), 'no tensors in here');
    const { state: _, ...rest } = decodeCheckpoint(readFileSync(path.join(folder, 'whole.safetensors')));
    writeFileSync(path.join(folder, 'network.safetensors'), encodeCheckpoint(rest));
    const other = { ...rest, genome: { layers: rest.genome.layers.map((layer) => ({ ...layer, units: 7 })) } };
    writeFileSync(path.join(folder, 'other.safetensors'), encodeCheckpoint(other));
    const codes: [string[], string][] = [
      [['evaluate', 'nothing.safetensors'], 'model-not-found'],
      [['evaluate', 'torn.safetensors'], 'invalid-model-file'],
      [['evaluate', 'text.safetensors'], 'invalid-model-file'],
      [['evaluate', 'other.safetensors'], 'wrong-model'],
      [['train', '--resume', 'network.safetensors'], 'model-not-resumable'],
      [['train', '--resume', 'whole.safetensors', ...dna], 'invalid-argument'],
      [['train'], 'invalid-argument'],
    ];
    for (const [argv, code] of codes) {
      const result = await hqnas(...argv);
      expect([argv.slice(0, 3), result.code, result.errors]).toEqual([
        argv.slice(0, 3),
        2,
        expect.stringContaining(`[${code}]`),
      ]);
    }
  });
});
