import { expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { parseConfigValues } from '../../../core/experiment/config/parse-config.js';
import { resolveConfig } from '../../../core/experiment/config/resolve-config.js';
import { createMemoryArtifacts } from '../../../core/training/artifact-store.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';
import { historyOf, plainHistory } from '../history-of.js';

const registries = createContainer(builtInPlugins).get(REGISTRIES);
const config = resolveConfig(
  parseConfigValues(
    {
      preset: 'corrected',
      searchSpace: { use: 'paper/balanced', limits: { layers: [3, 4], units: [2, 8], qubits: [2, 3] } },
      strategy: { use: 'hybrid-evolution/niches', random: 4, inherit: 'weights', immigrants: 0, reevaluate: 0.2 },
      trainer: { use: 'ppo/clip', totalSteps: 512 },
      evaluation: { scores: [{ policy: 'greedy', episodes: 2 }], rank: 'lower-bound' },
      budget: { candidates: 14 },
    },
    'test',
  ),
  registries,
);

it('a search that inherits weights has one history, whatever the workers, also when it goes on after a crash', async () => {
  const artifacts = createMemoryArtifacts();
  const whole = await historyOf(config, registries, { artifacts, workers: 1 });
  const heirs = whole.filter(({ inherits }) => inherits !== undefined);
  expect(heirs.length).toBeGreaterThan(5);
  for (const { outcome, inherits } of heirs) {
    expect(outcome.ok && outcome.inherited!.steps).toBeGreaterThanOrEqual(512);
    const parent = whole[inherits!]!.outcome;
    expect(parent.ok && artifacts.read(parent.parametersHash)).toBeTruthy();
  }
  expect(plainHistory(await historyOf(config, registries, { artifacts: createMemoryArtifacts(), workers: 3 }))).toBe(
    plainHistory(whole),
  );
  expect(plainHistory(await historyOf(config, registries, { artifacts, workers: 2, known: whole.slice(0, 9) }))).toBe(
    plainHistory(whole),
  );
  // Without the weights of the parents it ends with an error, and records nothing wrong.
  await expect(
    historyOf(config, registries, { artifacts: createMemoryArtifacts(), workers: 1, known: whole.slice(0, 9) }),
  ).rejects.toMatchObject({
    code: 'artifact-missing',
  });
});
