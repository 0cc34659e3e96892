import { existsSync } from 'node:fs';
import Database from 'libsql';
import type { Entry } from '../experiment/ledger.js';
import { HqnasError, messageOf } from '../errors.js';
import { artifactsOf, examineArtifacts, type ArtifactsHealth } from './artifact-care.js';
import { artifactsFolder } from './file-artifacts.js';
import {
  decodeRow,
  isIntact,
  selectEntry,
  selectExperiment,
  tailOf,
  type EntryRow,
  type ExperimentRow,
} from './ledger-chain.js';
import { translateSqliteError } from './ledger-errors.js';
import { SqliteLedger } from './sqlite-ledger.js';

/** What a thorough look at a ledger found. */
export interface LedgerHealth {
  readonly experiments: number;
  readonly entries: number;
  /** Empty for a healthy ledger. */
  readonly problems: readonly string[];
  readonly artifacts: ArtifactsHealth;
}

/**
 * Reads all of a ledger: SQLite's own check of the file, then every entry against its hash, then its artifacts. Also puts the write-ahead log
 * into the file, as far as nobody else is at it.
 * @throws HqnasError where the file cannot be opened as a ledger
 */
export async function examineLedger(file: string): Promise<LedgerHealth> {
  const problems: string[] = [];
  let entries = 0;
  let experiments = 0;
  const named = new Set<string>();
  const ledger = SqliteLedger.open(file, { create: false });
  try {
    for (const { id } of await ledger.list()) {
      experiments++;
      try {
        for await (const entry of ledger.read(id)) {
          entries++;
          for (const name of artifactsOf(entry)) named.add(name);
        }
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
  } catch (error) {
    problems.push(messageOf(error));
  } finally {
    await ledger.close();
  }
  problems.push(...integrityProblems(file));
  return { experiments, entries, problems, artifacts: examineArtifacts(artifactsFolder(file), named) };
}

function integrityProblems(file: string): string[] {
  const database = new Database(file);
  try {
    database.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
    const rows = database.prepare('PRAGMA integrity_check(5)').all() as { integrity_check: string }[]; // its only column
    return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  } catch (error) {
    return [messageOf(translateSqliteError(error, file))];
  } finally {
    database.close();
  }
}

/** What was saved of one experiment. */
export interface Recovered {
  readonly id: string;
  readonly entries: number;
  /** False where something after these entries could not be read. */
  readonly complete: boolean;
}

/**
 * Copies what is whole of a damaged ledger into a new one: of every experiment, the entries up to the first that is not
 * what was written. The damaged file stays as it is.
 * @throws HqnasError `recovery-exists`, `ledger-*`
 */
export async function recoverLedger(file: string, newFile: string): Promise<readonly Recovered[]> {
  if (existsSync(newFile)) {
    throw new HqnasError({
      code: 'recovery-exists',
      what: 'there is a file of this name already',
      where: newFile,
      remedy: 'Name one that is not there.',
    });
  }
  const recovered: Recovered[] = [];
  const database = new Database(file);
  const target = SqliteLedger.open(newFile);
  try {
    for (const experiment of experimentsOf(database, file)) {
      const { entries, complete } = wholeEntries(database, experiment);
      if (entries.length > 0) await target.appendAll(experiment.id, entries);
      recovered.push({ id: experiment.id, entries: entries.length, complete });
    }
    return recovered;
  } finally {
    database.close();
    await target.close();
  }
}

function experimentsOf(database: Database.Database, file: string): ExperimentRow[] {
  try {
    return database
      .prepare(`${selectExperiment} ORDER BY experiment.number`)
      .all()
      .map((row) => decodeRow<ExperimentRow>(row));
  } catch (error) {
    throw translateSqliteError(error, file);
  }
}

function wholeEntries(
  database: Database.Database,
  experiment: ExperimentRow,
): { readonly entries: readonly Entry[]; readonly complete: boolean } {
  const entries: Entry[] = [];
  let before = tailOf(experiment).hash;
  try {
    const page = database.prepare(
      `${selectEntry} WHERE experiment = ? AND position >= ? ORDER BY entry.position LIMIT 200`,
    );
    for (;;) {
      const rows = page.all(experiment.id, entries.length);
      for (const raw of rows) {
        const row = decodeRow<EntryRow>(raw);
        if (row.position !== entries.length || !isIntact(row, before)) return { entries, complete: false };
        // Rows with such a hash are written from entries alone.
        const content = JSON.parse(row.content) as object;
        entries.push({ ...content, run: JSON.parse(row.run) as unknown } as Entry);
        before = row.hash;
      }
      if (rows.length < 200) return { entries, complete: entries.length > 0 };
    }
  } catch {
    return { entries, complete: false };
  }
}
