import { expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../cli/built-in-plugins.js';
import { objectivesIn } from '../../../core/experiment/objectives.js';
import { parseConfigValues } from '../../../core/experiment/parse-config.js';
import { resolveConfig } from '../../../core/experiment/resolve-config.js';
import { startSearch } from '../../../core/experiment/start-search.js';
import { canonicalJson } from '../../../core/json.js';
import { createRng } from '../../../core/random.js';
import { runSearch, type Committed } from '../../../core/search/run-search.js';
import { createMemoryArtifacts, type ArtifactStore } from '../../../core/training/artifact-store.js';
import { createConfiguredEvaluator } from '../../../core/wiring/configured-evaluator.js';
import { createContainer } from '../../../core/wiring/create-container.js';
import { REGISTRIES } from '../../../core/wiring/tokens.js';

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

/** The history of a search; each worker has an evaluator of its own, and all have one store. */
async function historyOf(artifacts: ArtifactStore, workers: number, known: readonly Committed[] = []) {
  const evaluators = Array.from({ length: workers }, () =>
    createConfiguredEvaluator(config, registries, { now: () => '', seconds: () => 0 }, { artifacts }),
  );
  const committed = [...known];
  let next = 0;
  await runSearch({
    search: startSearch(config, registries),
    evaluator: {
      evaluate: (candidate, more) => evaluators[next++ % workers]!.evaluate(candidate, more),
      close: async () => undefined,
    },
    candidates: config.budget.candidates,
    lookahead: 2,
    workers,
    rng: createRng(config.seed),
    duplicates: config.evaluation.duplicates,
    rank: config.evaluation.rank,
    objectives: objectivesIn(config, registries),
    kinds: registries.layers,
    append: async (results) => void committed.push(...results),
    recall: async (index) => committed[index]!,
    known,
  });
  return committed;
}

it('a search that inherits weights has one history, whatever the workers, also when it goes on after a crash', async () => {
  const artifacts = createMemoryArtifacts();
  const whole = await historyOf(artifacts, 1);
  const plain = (history: readonly Committed[]): string =>
    canonicalJson(history.map(({ run: _run, ...entry }) => entry));
  const heirs = whole.filter(({ inherits }) => inherits !== undefined);
  expect(heirs.length).toBeGreaterThan(5);
  for (const { outcome, inherits } of heirs) {
    expect(outcome.ok && outcome.inherited!.steps).toBeGreaterThanOrEqual(512);
    const parent = whole[inherits!]!.outcome;
    expect(parent.ok && artifacts.read(parent.parametersHash)).toBeTruthy();
  }
  expect(plain(await historyOf(createMemoryArtifacts(), 3))).toBe(plain(whole));
  expect(plain(await historyOf(artifacts, 2, whole.slice(0, 9)))).toBe(plain(whole));
  // Without the weights of the parents it ends with an error, and records nothing wrong.
  await expect(historyOf(createMemoryArtifacts(), 1, whole.slice(0, 9))).rejects.toMatchObject({
    code: 'artifact-missing',
  });
});
