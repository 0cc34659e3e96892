import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { canonicalJson } from '../json.js';
import type { CandidateEntry, Entry, ExperimentHeader, Ledger } from '../experiment/ledger.js';
import { alreadyRecorded, headerOf, uniqueNameOf, unknownExperiment } from '../experiment/memory-ledger.js';
import { prepareSchema } from './ledger-schema.js';
import { ledgerNotFound, translateSqliteError } from './ledger-errors.js';

type Row = Readonly<Record<string, string | number | null>>;

/**
 * A ledger in one SQLite file, for any number of experiments, readers and writers. Write-ahead log with full
 * synchronisation: when `append` resolves, the entry survives a crash of the process and of the machine.
 */
export class SqliteLedger implements Ledger {
  readonly file: string;
  readonly #database: Database.Database;

  private constructor(file: string, database: Database.Database) {
    this.file = file;
    this.#database = database;
  }

  /**
   * @param options.create make the file (and its folder) when it is not there
   * @param options.timeout milliseconds to wait for another writer; default 10,000
   * @throws HqnasError `ledger-not-found`, `ledger-not-a-ledger`, `ledger-unreadable`, `ledger-locked`,
   * `ledger-read-only`, `ledger-too-new`
   */
  static open(file: string, options: { readonly create?: boolean; readonly timeout?: number } = {}): SqliteLedger {
    const create = options.create ?? true;
    let database: Database.Database | undefined;
    try {
      if (create) mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
      else if (!existsSync(file)) throw ledgerNotFound(file);
      database = new Database(file, { timeout: options.timeout ?? 10_000 });
      prepareSchema(database, file);
      return new SqliteLedger(file, database);
    } catch (error) {
      database?.close();
      throw translateSqliteError(error, file);
    }
  }

  append(id: string, entry: Entry): Promise<void> {
    return this.#attempt(() => {
      const { run, ...content } = entry;
      const index = entry.type === 'candidate' ? entry.index : entry.type === 'finalist' ? entry.candidate : null;
      const repeat = entry.type === 'finalist' ? entry.repeat : null;
      this.#write(() => {
        if (entry.type === 'started') {
          if (this.#has(id)) throw alreadyRecorded(id, 'its start');
          this.#database
            .prepare('INSERT INTO experiment (id, name, started_at) VALUES (?, ?, ?)')
            .run(id, entry.header.name, entry.run.time);
        } else {
          if (!this.#has(id)) throw unknownExperiment(id, this.#ids());
          const unique = index === null ? undefined : uniqueNameOf(entry);
          if (unique !== undefined && this.#hasResult(id, entry.type, index!, repeat))
            throw alreadyRecorded(id, unique);
        }
        this.#database
          .prepare(
            `INSERT INTO entry (experiment, position, type, candidate, repeat, content, run)
             VALUES (?, (SELECT coalesce(max(position) + 1, 0) FROM entry WHERE experiment = ?), ?, ?, ?, ?, ?)`,
          )
          .run(id, id, entry.type, index, repeat, canonicalJson(content), canonicalJson(run));
      });
    });
  }

  async *read(id: string): AsyncIterable<Entry> {
    const known = await this.#attempt(() => this.#has(id));
    if (!known) throw unknownExperiment(id, this.#ids());
    // Pages, so that no statement stays open while the caller does something else.
    for (let from = 0; ;) {
      const rows = await this.#attempt(() =>
        this.#all(
          'SELECT position, content, run FROM entry WHERE experiment = ? AND position >= ? ORDER BY position LIMIT 200',
          id,
          from,
        ),
      );
      for (const row of rows) yield entryOf(row);
      if (rows.length < 200) return;
      from = Number(rows.at(-1)!['position']) + 1;
    }
  }

  candidate(id: string, index: number): Promise<CandidateEntry | undefined> {
    return this.#attempt(() => {
      const sql = "SELECT content, run FROM entry WHERE experiment = ? AND candidate = ? AND type = 'candidate'";
      const [row] = this.#all(sql, id, index);
      if (row === undefined && !this.#has(id)) throw unknownExperiment(id, this.#ids());
      // Only entries of candidates have a number there.
      return row === undefined ? undefined : (entryOf(row) as CandidateEntry);
    });
  }

  list(): Promise<readonly ExperimentHeader[]> {
    return this.#attempt(() =>
      this.#all(
        `SELECT content, run FROM entry JOIN experiment ON experiment.id = entry.experiment
         WHERE position = 0 ORDER BY experiment.number`,
      ).map((row) => headerOf(entryOf(row))),
    );
  }

  close(): Promise<void> {
    return this.#attempt(() => void this.#database.close());
  }

  #all(sql: string, ...parameters: (string | number)[]): Row[] {
    // libsql types rows as unknown; the queries of this file read text and numbers.
    return this.#database.prepare(sql).all(...parameters) as Row[];
  }

  #has(id: string): boolean {
    return this.#all('SELECT 1 FROM experiment WHERE id = ?', id).length > 0;
  }

  #hasResult(id: string, type: Entry['type'], candidate: number, repeat: number | null): boolean {
    const ofCandidate = "SELECT 1 FROM entry WHERE experiment = ? AND candidate = ? AND type = 'candidate'";
    if (type === 'candidate') return this.#all(ofCandidate, id, candidate).length > 0;
    const ofFinal = "SELECT 1 FROM entry WHERE experiment = ? AND candidate = ? AND type = 'finalist' AND repeat = ?";
    return this.#all(ofFinal, id, candidate, repeat ?? 0).length > 0;
  }

  #ids(): string[] {
    return this.#all('SELECT id FROM experiment ORDER BY number').map((row) => String(row['id']));
  }

  /** One transaction that takes the write lock at once: a reader that becomes a writer could not wait for it. */
  #write(change: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      change();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** libsql is synchronous; what it throws becomes a rejection here. */
  async #attempt<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error, this.file);
    }
  }
}

function entryOf(row: Row): Entry {
  // Only `append` writes these columns, from an entry.
  const content = JSON.parse(String(row['content'])) as object;
  return { ...content, run: JSON.parse(String(row['run'])) as unknown } as Entry;
}
