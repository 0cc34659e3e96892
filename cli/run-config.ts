import path from 'node:path';
import type { ExperimentEventMap, ExperimentEvents } from '../core/experiment/events.js';
import type { ExperimentState } from '../core/experiment/experiment-state.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import { defaultLedger } from './command.js';
import { loadConfigFile, type Overrides } from './open-experiment.js';
import { runLoaded } from './run-loaded.js';

export type { ExperimentEventMap, ExperimentEvents };
export type * from '../core/experiment/experiment-state.js';

/** How `runConfig` runs a config. */
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
  const { ledger: ledgerFile = defaultLedger, ...rest } = options;
  const loaded = await loadConfigFile(file, folder);
  const ledger = SqliteLedger.open(path.resolve(folder, ledgerFile));
  try {
    return await runLoaded(loaded, ledger, rest);
  } finally {
    await ledger.close();
  }
}
