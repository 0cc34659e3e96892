import path from 'node:path';
import type { ExperimentEventMap, ExperimentEvents } from '../core/experiment/events.js';
import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { forgetPaused } from '../core/node/artifact-care.js';
import { artifactsFolder } from '../core/node/file-artifacts.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { EVALUATOR, EXPERIMENT } from '../core/wiring/tokens.js';
import { loadConfigFile, openExperiment, type Overrides } from './open-experiment.js';

export type { ExperimentEventMap, ExperimentEvents };
export type * from '../core/experiment/experiment-state.js';

export interface RunConfigOptions {
  /** SQLite file; default `.hqnas/ledger.db` in the working folder. */
  readonly ledger?: string;
  readonly overrides?: Overrides;
  /** Id of an unfinished experiment of this config to go on with. */
  readonly resume?: string;
  /** Aborting it stops the search as Ctrl-C does: what is in flight is finished, and the experiment can be resumed. */
  readonly signal?: AbortSignal;
  /** Called once before the search starts, to listen to it. */
  readonly listen?: (events: ExperimentEvents) => void;
}

/**
 * Runs the experiment of a config file, as `hqnas run` does, and prints nothing.
 * @throws HqnasError of every kind in docs/errors.md
 */
export async function runConfig(file: string, options: RunConfigOptions = {}): Promise<ExperimentState> {
  const folder = process.cwd();
  const { overrides, resume, signal, listen } = options;
  const loaded = await loadConfigFile(file, folder);
  const ledgerFile = path.resolve(folder, options.ledger ?? '.hqnas/ledger.db');
  const artifacts = artifactsFolder(ledgerFile);
  const ledger = SqliteLedger.open(ledgerFile);
  try {
    const { container, events } = openExperiment(loaded, {
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
  } finally {
    await ledger.close();
  }
}
