import type { ExperimentConfig } from '../../experiment/config/config.js';
import { checkPlugins } from '../../plugin/check-plugins.js';
import type { Plugin } from '../../plugin/define-plugin.js';
import { createConfiguredEvaluator } from '../../wiring/configured-evaluator.js';
import { createContainer } from '../../wiring/create-container.js';
import { EVALUATOR } from '../../wiring/tokens.js';
import { allowFastKernels } from '../fast-kernels.js';
import { openArtifacts } from '../file-artifacts.js';
import { loadPlugins } from '../load-plugins.js';
import { createSharedModules } from '../shared-modules.js';
import { systemClock } from '../system-clock.js';
import type { WorkerEvaluator } from './attempt.js';

/** What a worker builds its container from; only JSON crosses threads and processes. */
export interface EvaluationStart {
  /** URL of a module that exports `builtInPlugins`. */
  readonly builtIns: string;
  /** Folder that plugin paths of the config start from. */
  readonly folder: string;
  readonly config: ExperimentConfig;
  /** Channel over which the workers of one process share compiled modules. */
  readonly modules: string;
  /** Folder of artifacts beside the ledger. */
  readonly artifacts: string;
}

/** The evaluator of a worker: the same plugins, config and random streams as in the main thread. */
export async function createWorker(data: unknown, number: number): Promise<WorkerEvaluator> {
  const { builtIns, folder, config, modules, artifacts } = data as EvaluationStart; // the pool's own data
  const { builtInPlugins } = (await import(builtIns)) as { builtInPlugins: readonly Plugin[] }; // by agreement
  const plugins = [...builtInPlugins, ...(await loadPlugins(config.plugins, folder))];
  checkPlugins(plugins);
  allowFastKernels(config);
  const container = createContainer(plugins, {
    resolveConfig: () => config,
    createEvaluator: (resolved, registries, clock) =>
      createConfiguredEvaluator(resolved, registries, clock, {
        modules: createSharedModules(modules),
        artifacts: openArtifacts(artifacts),
        worker: number,
      }),
    clock: systemClock,
  });
  return container.get(EVALUATOR);
}
