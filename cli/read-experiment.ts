import path from 'node:path';
import { foldHistory, type ExperimentState } from '../core/experiment/fold.js';
import type { Entry, ExperimentHeader, Ledger } from '../core/experiment/ledger.js';
import { findExperiment } from '../core/experiment/memory-ledger.js';
import { SqliteLedger } from '../core/node/sqlite-ledger.js';
import type { CommandContext } from './command.js';

/** Opens a ledger that must be there, for as long as `use` takes. */
export async function withLedger<T>(
  file: string,
  { folder }: CommandContext,
  use: (ledger: SqliteLedger) => Promise<T>,
): Promise<T> {
  const ledger = SqliteLedger.open(path.resolve(folder, file), { create: false });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

/** The experiment that a person means by an id or its beginning. */
export async function headerFor(ledger: Ledger, given: string): Promise<ExperimentHeader> {
  return findExperiment(await ledger.list(), given);
}

/** Its folded history. */
export async function stateFor(ledger: Ledger, given: string): Promise<ExperimentState> {
  return foldHistory(ledger.read((await headerFor(ledger, given)).id));
}

/** The entry that an experiment begins with. */
export async function startOf(ledger: Ledger, id: string): Promise<Extract<Entry, { type: 'started' }> | undefined> {
  for await (const entry of ledger.read(id)) return entry.type === 'started' ? entry : undefined;
  return undefined;
}
