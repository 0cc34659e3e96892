import type { ExperimentEvents } from '../core/experiment/events.js';
import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { forgetPaused } from '../core/node/artifact-care.js';
import { artifactsFolder } from '../core/node/file-artifacts.js';
import type { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { EVALUATOR, EXPERIMENT } from '../core/wiring/tokens.js';
import { prepareConfig } from './prepare-config.js';
import { openExperiment, type LoadedConfig, type Overrides } from './open-experiment.js';

export interface RunLoadedOptions {
  readonly overrides?: Overrides | undefined;
  readonly resume?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly listen?: ((events: ExperimentEvents) => void) | undefined;
}

/** Runs an experiment in an open ledger to its end or its interruption, and prints nothing. */
export async function runLoaded(
  loaded: LoadedConfig,
  ledger: SqliteLedger,
  { overrides, resume, signal, listen }: RunLoadedOptions,
): Promise<ExperimentState> {
  const artifacts = artifactsFolder(ledger.file);
  const { container, events } = openExperiment(await prepareConfig(loaded, ledger), {
    ledger,
    artifacts,
    ...(overrides === undefined ? {} : { overrides }),
    ...(resume === undefined ? {} : { resume }),
  });
  const experiment = container.get(EXPERIMENT);
  const evaluator = container.get(EVALUATOR);
  try {
    listen?.(events);
    const state = await experiment.run(signal);
    if (state.status === 'finished') await forgetPaused(ledger, state.header.id, artifacts);
    return state;
  } finally {
    await evaluator.close();
  }
}
