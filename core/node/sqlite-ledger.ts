import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import type { CandidateEntry, Entry, ExperimentHeader, ExperimentSummary, Ledger } from '../experiment/ledger.js';
import {
  alreadyRecorded,
  headerOf,
  statusAfter,
  uniqueNameOf,
  unknownExperiment,
} from '../experiment/memory-ledger.js';
import type { ProgressLog, ProgressNews, ProgressPoint } from '../experiment/training-progress.js';
import {
  decodeRow,
  insertEntry,
  isIntact,
  nextRow,
  selectEntry,
  selectExperiment,
  selectTail,
  tailOf,
  valuesOf,
  type EntryRow,
  type ExperimentRow,
  type Tail,
} from './ledger-chain.js';
import { ledgerNotFound, ledgerUnreadable, translateSqliteError } from './ledger-errors.js';
import {
  insertProgress,
  newsOf,
  replacedBy,
  selectProgress,
  valuesOfPoint,
  type ProgressRow,
} from './ledger-progress.js';
import { prepareSchema } from './ledger-schema.js';
import { makeFolder } from './make-folder.js';

const pageSize = 200;

/**
 * A ledger in one SQLite file, for any number of experiments, readers and writers. Write-ahead log with full
 * synchronisation: when `append` resolves, the entry survives a crash of the process and of the machine. Every entry
 * carries a hash over itself and the one before; what is read was written so, or the reader hears `ledger-unreadable`.
 */
export class SqliteLedger implements Ledger, ProgressLog {
  readonly file: string;
  readonly #database: Database.Database;
  #written = false;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(file: string, database: Database.Database) {
    this.file = file;
    this.#database = database;
  }

  /**
   * @param options.create make the file (and its folder) when it is not there
   * @param options.timeout milliseconds to wait for another writer; default 10,000
   * @throws HqnasError `ledger-not-found`, `ledger-not-a-ledger`, `ledger-unreadable`, `ledger-locked`,
   * `ledger-read-only`, `ledger-disk-full`, `ledger-not-written`, `ledger-too-new`
   */
  static open(file: string, options: { readonly create?: boolean; readonly timeout?: number } = {}): SqliteLedger {
    const create = options.create ?? true;
    let database: Database.Database | undefined;
    try {
      if (create) makeFolder(path.dirname(path.resolve(file)));
      else if (!existsSync(file) || statSync(file).size === 0) throw ledgerNotFound(file);
      database = new Database(file, { timeout: options.timeout ?? 10_000 });
      prepareSchema(database, file);
      return new SqliteLedger(file, database);
    } catch (error) {
      database?.close();
      throw translateSqliteError(error, file);
    }
  }

  append(id: string, entry: Entry): Promise<void> {
    return this.appendAll(id, [entry]);
  }

  /** Appends several entries in one transaction: all of them, or none. */
  appendAll(id: string, entries: readonly Entry[]): Promise<void> {
    return this.#attempt(() => {
      this.#write(() => {
        let tail = this.#tail(id);
        for (const entry of entries) {
          const name = uniqueNameOf(entry);
          if (entry.type === 'started') {
            if (tail !== undefined) throw alreadyRecorded(id, 'its start');
            tail = this.#addExperiment(id, entry);
          } else if (tail === undefined) throw this.#unknown(id);
          else if (name !== undefined && this.#has(id, name)) throw alreadyRecorded(id, name);
          const row = nextRow(tail, entry);
          this.#statement(insertEntry).run(...valuesOf(row));
          tail = row;
          const replaced = replacedBy(id, entry);
          if (replaced !== undefined) this.#statement(replaced.sql).run(...replaced.values);
        }
      });
    });
  }

  /** Without waiting for the disk: after a crash of the machine the last points may be missing, and nothing else. */
  saveProgress(id: string, points: readonly ProgressPoint[]): Promise<void> {
    return this.#attempt(() => {
      this.#database.exec('PRAGMA synchronous = NORMAL');
      try {
        this.#write(() => {
          if (this.#experiment(id) === undefined) throw this.#unknown(id);
          const news = points.filter(({ candidate }) => !this.#has(id, `candidate ${candidate}`));
          for (const point of news) this.#statement(insertProgress).run(...valuesOfPoint(id, point));
        });
      } finally {
        this.#database.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  progress(id: string, after = 0): Promise<ProgressNews> {
    return this.#attempt(() => {
      const rows = this.#all<ProgressRow>(selectProgress, after, id);
      try {
        return newsOf(rows, after);
      } catch (error) {
        throw ledgerUnreadable(this.file, 'the progress in it is none', error);
      }
    });
  }

  async *read(id: string, from = 0): AsyncIterable<Entry> {
    let before = await this.#attempt(() => this.#hashBefore(id, from));
    // Pages, so that no statement stays open while the caller does something else.
    for (let position = from; ;) {
      const rows = await this.#attempt(() => this.#page(id, position));
      for (const row of rows) {
        yield this.#entry(row, before, position++);
        before = row.hash;
      }
      if (rows.length < pageSize) return;
    }
  }

  candidate(id: string, index: number): Promise<CandidateEntry | undefined> {
    return this.#attempt(() => {
      const [row] = this.#entryRows('WHERE experiment = ? AND name = ?', id, `candidate ${index}`);
      if (row === undefined && this.#experiment(id) === undefined) throw this.#unknown(id);
      if (row === undefined) return undefined;
      const entry = this.#entry(row, this.#hashBefore(id, row.position), row.position);
      if (entry.type !== 'candidate' || entry.index !== index) throw this.#damaged(id, row.position);
      return entry;
    });
  }

  list(): Promise<readonly ExperimentHeader[]> {
    return this.#attempt(() => this.#starts().map(headerOf));
  }

  summaries(): Promise<readonly ExperimentSummary[]> {
    return this.#attempt(() => this.#starts().map((start) => this.#summary(start)));
  }

  /** Puts the log into the file where nobody else is at it, so that the file alone is the ledger. */
  close(): Promise<void> {
    return this.#attempt(() => {
      if (this.#written) {
        this.#database.exec('PRAGMA busy_timeout = 100');
        try {
          this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
        } catch {
          // The log stays beside the file, and is read with it.
        }
      }
      this.#database.close();
    });
  }

  #summary(start: Extract<Entry, { type: 'started' }>): ExperimentSummary {
    const { id } = start.run;
    const [last] = this.#entryRows('WHERE experiment = ? ORDER BY entry.position DESC LIMIT 1', id);
    if (last === undefined || !isIntact(last, this.#hashBefore(id, last.position))) {
      throw this.#damaged(id, last?.position ?? 0);
    }
    let best: ExperimentSummary['best'];
    if (last.best !== null) {
      const [row] = this.#entryRows('WHERE experiment = ? AND position = ?', id, last.best);
      const entry = row && this.#entry(row, this.#hashBefore(id, last.best), last.best);
      if (entry?.type !== 'candidate' || !entry.outcome.ok) throw this.#damaged(id, last.best);
      best = { candidate: entry.index, score: entry.outcome.score, dna: entry.dna };
    }
    return {
      header: headerOf(start),
      startedAt: start.run.time,
      status: statusAfter(last.type),
      candidates: last.candidates,
      best,
    };
  }

  /** The first entry of every experiment. What is in one table must be in the other: a damaged file may have lost either. */
  #starts(): Extract<Entry, { type: 'started' }>[] {
    const experiments = this.#all<ExperimentRow>(`${selectExperiment} ORDER BY experiment.number`);
    const ids = new Set(experiments.map(({ id }) => id));
    for (let id = ''; ;) {
      const sql = 'SELECT CAST(min(experiment) AS BLOB) AS id FROM entry WHERE experiment > ?';
      const [row] = this.#all<{ readonly id: string | null }>(sql, id);
      if (row?.id === null || row?.id === undefined) break;
      id = row.id;
      if (!ids.has(id)) throw this.#damaged(id, 0);
    }
    return experiments.map((experiment) => {
      const [row] = this.#page(experiment.id, 0, 1);
      const entry = row && this.#entry(row, tailOf(experiment).hash, 0);
      if (entry?.type !== 'started') throw this.#damaged(experiment.id, 0);
      return entry;
    });
  }

  #addExperiment(id: string, entry: Extract<Entry, { type: 'started' }>): Tail {
    const { name } = entry.header;
    const { time } = entry.run;
    this.#statement('INSERT INTO experiment (id, name, started_at) VALUES (?, ?, ?)').run(id, name, time);
    return tailOf(this.#experiment(id)!);
  }

  /** What the next entry builds on; undefined where nothing was started. */
  #tail(id: string): Tail | undefined {
    return this.#all<Tail>(`${selectTail} WHERE experiment = ? ORDER BY entry.position DESC LIMIT 1`, id)[0];
  }

  #hashBefore(id: string, position: number): string {
    if (position > 0) {
      const sql = 'SELECT CAST(hash AS BLOB) AS hash FROM entry WHERE experiment = ? AND position = ?';
      const [row] = this.#all<Pick<EntryRow, 'hash'>>(sql, id, position - 1);
      if (row !== undefined) return row.hash;
    }
    const experiment = this.#experiment(id);
    if (experiment === undefined) throw this.#unknown(id);
    // Without an entry before it, no row there is what was written.
    return position > 0 ? '' : tailOf(experiment).hash;
  }

  #page(id: string, from: number, limit = pageSize): EntryRow[] {
    return this.#entryRows('WHERE experiment = ? AND position >= ? ORDER BY entry.position LIMIT ?', id, from, limit);
  }

  #entry(row: EntryRow, before: string, position: number): Entry {
    if (row.position !== position || !isIntact(row, before)) throw this.#damaged(row.experiment, position);
    // Only `append` writes rows with such a hash, from an entry.
    const content = JSON.parse(row.content) as object;
    return { ...content, run: JSON.parse(row.run) as unknown } as Entry;
  }

  #entryRows(where: string, ...parameters: (string | number)[]): EntryRow[] {
    return this.#all<EntryRow>(`${selectEntry} ${where}`, ...parameters);
  }

  #experiment(id: string): ExperimentRow | undefined {
    return this.#all<ExperimentRow>(`${selectExperiment} WHERE id = ?`, id)[0];
  }

  #has(id: string, name: string): boolean {
    return this.#all('SELECT 1 FROM entry WHERE experiment = ? AND name = ?', id, name).length > 0;
  }

  /** An id that is not there, unless it is missing because the file is damaged. */
  #unknown(id: string): Error {
    const ids = this.#starts().map(({ run }) => run.id);
    return ids.includes(id) ? this.#damaged(id, 0) : unknownExperiment(id, ids);
  }

  #damaged(id: string, position: number): Error {
    return ledgerUnreadable(this.file, `entry ${position} of "${id}" is not what was written`);
  }

  #all<T>(sql: string, ...parameters: (string | number)[]): T[] {
    const rows = this.#statement(sql).all(...parameters);
    try {
      return rows.map((row) => decodeRow<T>(row));
    } catch (error) {
      throw ledgerUnreadable(this.file, 'a text in it is none', error);
    }
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** One transaction that takes the write lock at once: a reader that becomes a writer could not wait for it. */
  #write(change: () => void): void {
    this.#written = true;
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
