import { rmSync } from 'node:fs';
import type { Entry, Ledger } from '../experiment/ledger.js';
import { trainingsOf } from '../training/repeats.js';
import { isWhole, listArtifacts, openArtifacts } from './file-artifacts.js';

/** What a thorough look at a folder of artifacts found. */
export interface ArtifactsHealth {
  readonly files: number;
  readonly bytes: number;
  /** Files that do not hold what their names say. */
  readonly damaged: readonly string[];
  /**
   * Files that no entry names: of candidates that were in flight when a search was killed, of one that is running, or of an
   * experiment in another ledger.
   */
  readonly orphaned: readonly string[];
}

/** Names of artifacts that an entry speaks of; they need not be there. */
export function* artifactsOf(entry: Entry): Iterable<string> {
  if (entry.type !== 'candidate' && entry.type !== 'finalist') return;
  for (const name of entry.run.paused ?? []) if (name !== null) yield name;
  if (entry.outcome.ok) for (const { parametersHash } of trainingsOf(entry.outcome)) yield parametersHash;
}

/** Reads every file of a folder. @param named what the ledger speaks of */
export function examineArtifacts(folder: string, named: ReadonlySet<string>): ArtifactsHealth {
  const all = listArtifacts(folder);
  const damaged = all.filter(({ name }) => name !== undefined && !isWhole(folder, name));
  const orphaned = all.filter((each) => !damaged.includes(each) && (each.name === undefined || !named.has(each.name)));
  return {
    files: all.length,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    damaged: damaged.map(({ file }) => file),
    orphaned: orphaned.map(({ file }) => file),
  };
}

/** Deletes what is damaged or orphaned. Nobody may be searching meanwhile. @returns deleted files */
export function cleanArtifacts({ damaged, orphaned }: ArtifactsHealth): number {
  const useless = [...damaged, ...orphaned];
  for (const file of useless) rmSync(file, { force: true });
  return useless.length;
}

/** Deletes the paused states of an experiment that is over: nobody goes on with them. */
export async function forgetPaused(ledger: Ledger, id: string, folder: string): Promise<void> {
  if (listArtifacts(folder).length === 0) return;
  const store = openArtifacts(folder);
  for await (const entry of ledger.read(id)) {
    if (entry.type !== 'candidate') continue;
    for (const name of entry.run.paused ?? []) if (name !== null) store.remove(name);
  }
}
