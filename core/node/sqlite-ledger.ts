import type { CandidateEntry, Entry, ExperimentHeader, ExperimentSummary, Ledger } from '../experiment/ledger.js';
import { alreadyRecorded, headerOf, uniqueNameOf } from '../experiment/memory-ledger.js';
import type { ProgressLog, ProgressNews, ProgressPoint } from '../experiment/training-progress.js';
import { insertEntry, nextRow, tailOf, valuesOf, type Tail } from './ledger-chain.js';
import { LedgerDatabase, type OpenLedgerOptions } from './ledger-database.js';
import { isTaken, ledgerUnreadable, translateSqliteError } from './ledger-errors.js';
import { LedgerHistory, pageSize } from './ledger-history.js';
import {
  insertProgress,
  newsOf,
  replacedBy,
  selectProgress,
  valuesOfPoint,
  type ProgressRow,
} from './ledger-progress.js';

/**
 * A ledger in one SQLite file, for any number of experiments, readers and writers. Write-ahead log with full
 * synchronisation: when `append` resolves, the entry survives a crash of the process and of the machine. Every entry
 * carries a hash over itself and the one before; what is read was written so, or the reader hears `ledger-unreadable`.
 */
export class SqliteLedger implements Ledger, ProgressLog {
  readonly file: string;
  readonly #database: LedgerDatabase;
  readonly #history: LedgerHistory;
  /** The last row of each experiment that was appended to here; another process may have gone on since. */
  readonly #tails = new Map<string, Tail>();

  private constructor(database: LedgerDatabase) {
    this.file = database.file;
    this.#database = database;
    this.#history = new LedgerHistory(database);
  }

  /**
   * @throws HqnasError `ledger-not-found`, `ledger-not-a-ledger`, `ledger-unreadable`, `ledger-locked`,
   * `ledger-read-only`, `ledger-disk-full`, `ledger-not-written`, `ledger-too-new`
   */
  static open(file: string, options: OpenLedgerOptions = {}): SqliteLedger {
    return new SqliteLedger(new LedgerDatabase(file, options));
  }

  append(id: string, entry: Entry): Promise<void> {
    return this.appendAll(id, [entry]);
  }

  appendAll(id: string, entries: readonly Entry[]): Promise<void> {
    return this.#attempt(() => {
      const known = this.#tails.get(id);
      this.#tails.delete(id);
      let tail: Tail | undefined;
      try {
        tail = this.#write(id, entries, known);
      } catch (error) {
        if (known === undefined || !isTaken(error)) throw error;
        tail = this.#write(id, entries);
      }
      if (tail !== undefined) this.#tails.set(id, tail);
    });
  }

  /**
   * @param known the last row, to append without a look at what is there: keys of the table refuse a position or a name
   * that is taken
   * @returns the last row now
   */
  #write(id: string, entries: readonly Entry[], known?: Tail): Tail | undefined {
    let tail = known;
    this.#database.write(() => {
      tail ??= this.#history.tail(id);
      for (const entry of entries) {
        const name = uniqueNameOf(entry);
        if (entry.type === 'started') {
          if (tail !== undefined) throw alreadyRecorded(id, 'its start');
          tail = this.#addExperiment(id, entry);
        } else if (tail === undefined) throw this.#history.unknown(id);
        else if (known === undefined && name !== undefined && this.#history.has(id, name)) {
          throw alreadyRecorded(id, name);
        }
        const row = nextRow(tail, entry);
        this.#database.run(insertEntry, valuesOf(row));
        tail = row;
        const replaced = replacedBy(id, entry);
        if (replaced !== undefined) this.#database.run(replaced.sql, replaced.values);
      }
    });
    return tail;
  }

  /** Without waiting for the disk: after a crash of the machine the last points may be missing, and nothing else. */
  saveProgress(id: string, points: readonly ProgressPoint[]): Promise<void> {
    return this.#attempt(() => {
      this.#database.writeSoon(() => {
        if (this.#history.experiment(id) === undefined) throw this.#history.unknown(id);
        const news = points.filter(({ candidate }) => !this.#history.has(id, `candidate ${candidate}`));
        for (const point of news) this.#database.run(insertProgress, valuesOfPoint(id, point));
      });
    });
  }

  progress(id: string, after = 0): Promise<ProgressNews> {
    return this.#attempt(() => {
      const rows = this.#database.all<ProgressRow>(selectProgress, after, id);
      try {
        return newsOf(rows, after);
      } catch (error) {
        throw ledgerUnreadable(this.file, 'the progress in it is none', error);
      }
    });
  }

  async *read(id: string, from = 0): AsyncIterable<Entry> {
    let before = await this.#attempt(() => this.#history.hashBefore(id, from));
    // Pages, so that no statement stays open while the caller does something else.
    for (let position = from; ;) {
      const rows = await this.#attempt(() => this.#history.page(id, position));
      for (const row of rows) {
        yield this.#history.entry(row, before, position++);
        before = row.hash;
      }
      if (rows.length < pageSize) return;
    }
  }

  candidate(id: string, index: number): Promise<CandidateEntry | undefined> {
    return this.#attempt(() => {
      const found = this.#history.named(id, `candidate ${index}`);
      if (found === undefined) return undefined;
      const { entry, position } = found;
      if (entry.type !== 'candidate' || entry.index !== index) throw this.#history.damaged(id, position);
      return entry;
    });
  }

  list(): Promise<readonly ExperimentHeader[]> {
    return this.#attempt(() => this.#history.starts().map(headerOf));
  }

  summaries(): Promise<readonly ExperimentSummary[]> {
    return this.#attempt(() => this.#history.starts().map((start) => this.#history.summary(start)));
  }

  close(): Promise<void> {
    return this.#attempt(() => this.#database.close());
  }

  #addExperiment(id: string, entry: Extract<Entry, { type: 'started' }>): Tail {
    const { name } = entry.header;
    const { time } = entry.run;
    this.#database.run('INSERT INTO experiment (id, name, started_at) VALUES (?, ?, ?)', [id, name, time]);
    return tailOf(this.#history.experiment(id)!);
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
