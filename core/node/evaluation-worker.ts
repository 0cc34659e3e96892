import { threadId, workerData } from 'node:worker_threads';
import type { ExperimentConfig } from '../experiment/config.js';
import { checkPlugins } from '../plugin/check-plugins.js';
import type { Plugin } from '../plugin/define-plugin.js';
import type { Evaluation, Evaluator } from '../training/evaluator.js';
import { createContainer } from '../wiring/create-container.js';
import { createConfiguredEvaluator } from '../wiring/configured-evaluator.js';
import { EVALUATOR } from '../wiring/tokens.js';
import { loadPlugins } from './load-plugins.js';
import { createSharedModules } from './shared-modules.js';
import { systemClock } from './system-clock.js';
import type { WorkerTask } from './worker-pool.js';

/** What a worker builds its container from; only JSON crosses threads. */
export interface WorkerStart {
  /** URL of a module that exports `builtInPlugins`. */
  readonly builtIns: string;
  /** Folder that plugin paths of the config start from. */
  readonly folder: string;
  readonly config: ExperimentConfig;
  /** Channel over which the workers of one pool share compiled modules. */
  readonly modules: string;
}

let evaluator: Promise<Evaluator> | undefined;

/** Answers one task. Called by the worker pool. */
export default async function evaluate({ candidate, progress }: WorkerTask): Promise<Evaluation> {
  evaluator ??= start();
  const onProgress = progress && ((point: unknown): void => progress.postMessage(point));
  const evaluation = await (await evaluator).evaluate(candidate, onProgress && { onProgress });
  return { ...evaluation, run: { ...evaluation.run, worker: threadId } };
}

async function start(): Promise<Evaluator> {
  // piscina hands over [its own data, ours].
  const { builtIns, folder, config, modules } = (Array.isArray(workerData) ? workerData[1] : workerData) as WorkerStart; // the pool's own data
  const { builtInPlugins } = (await import(builtIns)) as { builtInPlugins: readonly Plugin[] }; // by agreement
  const plugins = [...builtInPlugins, ...(await loadPlugins(config.plugins, folder))];
  checkPlugins(plugins);
  const container = createContainer(plugins, {
    resolveConfig: () => config,
    createEvaluator: (resolved, registries, clock) =>
      createConfiguredEvaluator(resolved, registries, clock, { modules: createSharedModules(modules) }),
    clock: systemClock,
  });
  return container.get(EVALUATOR);
}
