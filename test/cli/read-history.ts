import { exportHistory } from '../../core/experiment/export-history.js';
import type { Entry } from '../../core/experiment/ledger.js';
import { SqliteLedger } from '../../core/node/sqlite-ledger.js';

export interface History {
  /** The canonical export without what differs between runs: times, workers, where it was interrupted. */
  readonly canonical: string;
  readonly entries: readonly Entry[];
}

/** Reads the only experiment of a ledger. */
export async function readHistory(file: string): Promise<History> {
  const ledger = SqliteLedger.open(file, { create: false });
  const entries: Entry[] = [];
  try {
    const [header] = await ledger.list();
    for await (const entry of ledger.read(header!.id)) entries.push(entry);
  } finally {
    await ledger.close();
  }
  let canonical = '';
  for await (const line of exportHistory(entries, { facts: false })) canonical += line;
  return { canonical, entries };
}
