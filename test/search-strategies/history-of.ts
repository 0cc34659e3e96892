import type { ExperimentConfig } from '../../core/experiment/config/config.js';
import { objectivesIn } from '../../core/experiment/objectives.js';
import { startSearch } from '../../core/experiment/start-search.js';
import { canonicalJson } from '../../core/json.js';
import type { Registries } from '../../core/plugin/registries.js';
import { createRng } from '../../core/random.js';
import { runSearch, type Committed } from '../../core/search/run-search.js';
import type { ArtifactStore } from '../../core/training/artifact-store.js';
import { createConfiguredEvaluator } from '../../core/wiring/configured-evaluator.js';

interface HistoryOptions {
  readonly workers: number;
  /** Results to go on from. */
  readonly known?: readonly Committed[];
  readonly artifacts?: ArtifactStore;
}

/** The history of a search that trains; each worker has an evaluator of its own, and all have one store. */
export async function historyOf(
  config: ExperimentConfig,
  registries: Registries,
  { workers, known = [], artifacts }: HistoryOptions,
): Promise<readonly Committed[]> {
  const evaluators = Array.from({ length: workers }, () =>
    createConfiguredEvaluator(config, registries, { now: () => '', seconds: () => 0 }, artifacts && { artifacts }),
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

/** A history as text, without the facts of its runs. */
export function plainHistory(history: readonly Committed[]): string {
  return canonicalJson(history.map(({ run: _run, ...entry }) => entry));
}
