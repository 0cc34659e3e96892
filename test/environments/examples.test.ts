import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { runHqnas } from '../cli/run-hqnas.js';
import { temporaryFolder } from '../temporary-folder.js';

jest.setTimeout(180_000);

const examples = path.resolve(import.meta.dirname, '../../examples');
const folder = temporaryFolder('environments');

const python = process.env['HQNAS_PYTHON'] ?? 'python3';
const hasGymnasium = spawnSync(python, ['-c', 'import gymnasium, numpy']).status === 0;

/** The example with hardly any training, everything else as it is. */
function shortened(name: string, environment: Record<string, unknown> = {}): string {
  const config = parse(readFileSync(path.join(examples, `${name}.yaml`), 'utf8'));
  if (typeof config.environment === 'object') Object.assign(config.environment, environment);
  config.trainer = { ...config.trainer, totalSteps: 256, environments: 4, stepsPerRollout: 64 };
  config.evaluation.scores[0].episodes = 1;
  if (config.evaluation.finalists) config.evaluation.finalists = { top: 1, repeats: 1, episodes: 1 };
  config.strategy = { ...config.strategy, populationSize: 3, sampleSize: 2 };
  config.budget = { candidates: 5 };
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(file, stringify(config));
  return file;
}

async function run(file: string): Promise<unknown> {
  const { code, output, errors } = await runHqnas(folder, ['run', file, '--workers', '0', '--json']);
  if (code !== 0) throw new Error(errors);
  return JSON.parse(output);
}

describe('examples of environments', () => {
  it.each(['acrobot', 'lunar-lander'])('%s runs to its end', async (name) => {
    expect(await run(shortened(name))).toMatchObject({ name, failed: 0, candidates: 5 });
  });

  (hasGymnasium ? it : it.skip)('gymnasium-bridge runs to its end, in Python', async () => {
    const file = shortened('gymnasium-bridge', { python });
    expect(await run(file)).toMatchObject({ name: 'gymnasium-bridge', failed: 0, candidates: 5 });
  });
});
