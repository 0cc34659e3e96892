import type { Entry, ExperimentSummary } from '../experiment/ledger.js';
import { headerOf, statusAfter, unknownExperiment } from '../experiment/memory-ledger.js';
import {
  isIntact,
  selectEntry,
  selectExperiment,
  selectTail,
  tailOf,
  type EntryRow,
  type ExperimentRow,
  type Tail,
} from './ledger-chain.js';
import type { LedgerDatabase } from './ledger-database.js';
import { ledgerUnreadable } from './ledger-errors.js';

/** Rows of one page. */
export const pageSize = 200;

/**
 * What stands in a ledger. Every entry is checked against its hash and the one before: what comes out was written so, or the
 * reader hears `ledger-unreadable`.
 */
export class LedgerHistory {
  readonly #database: LedgerDatabase;

  constructor(database: LedgerDatabase) {
    this.#database = database;
  }

  /** The next rows from a position on, not checked yet. */
  page(id: string, from: number, limit = pageSize): EntryRow[] {
    return this.#rows('WHERE experiment = ? AND position >= ? ORDER BY entry.position LIMIT ?', id, from, limit);
  }

  /** The entry of a row. @param before hash of the one before @throws HqnasError `ledger-unreadable` */
  entry(row: EntryRow, before: string, position: number): Entry {
    if (row.position !== position || !isIntact(row, before)) throw this.damaged(row.experiment, position);
    // Only `append` writes rows with such a hash, from an entry.
    const content = JSON.parse(row.content) as object;
    return { ...content, run: JSON.parse(row.run) as unknown } as Entry;
  }

  /** The hash that the entry at a position builds on. @throws HqnasError `unknown-experiment` */
  hashBefore(id: string, position: number): string {
    if (position > 0) {
      const sql = 'SELECT CAST(hash AS BLOB) AS hash FROM entry WHERE experiment = ? AND position = ?';
      const [row] = this.#database.all<Pick<EntryRow, 'hash'>>(sql, id, position - 1);
      if (row !== undefined) return row.hash;
    }
    const experiment = this.experiment(id);
    if (experiment === undefined) throw this.unknown(id);
    // Without an entry before it, no row there is what was written.
    return position > 0 ? '' : tailOf(experiment).hash;
  }

  /** What the next entry builds on; undefined where nothing was started. */
  tail(id: string): Tail | undefined {
    return this.#database.all<Tail>(`${selectTail} WHERE experiment = ? ORDER BY entry.position DESC LIMIT 1`, id)[0];
  }

  /** The entry of a name, such as "candidate 17". @throws HqnasError `unknown-experiment` */
  named(id: string, name: string): { readonly entry: Entry; readonly position: number } | undefined {
    const [row] = this.#rows('WHERE experiment = ? AND name = ?', id, name);
    if (row === undefined && this.experiment(id) === undefined) throw this.unknown(id);
    if (row === undefined) return undefined;
    const { position } = row;
    return { entry: this.entry(row, this.hashBefore(id, position), position), position };
  }

  has(id: string, name: string): boolean {
    return this.#database.all('SELECT 1 FROM entry WHERE experiment = ? AND name = ?', id, name).length > 0;
  }

  experiment(id: string): ExperimentRow | undefined {
    return this.#database.all<ExperimentRow>(`${selectExperiment} WHERE id = ?`, id)[0];
  }

  /** The first entry of every experiment. What is in one table must be in the other: a damaged file may have lost either. */
  starts(): Extract<Entry, { type: 'started' }>[] {
    const experiments = this.#database.all<ExperimentRow>(`${selectExperiment} ORDER BY experiment.number`);
    const ids = new Set(experiments.map(({ id }) => id));
    for (let id = ''; ;) {
      const sql = 'SELECT CAST(min(experiment) AS BLOB) AS id FROM entry WHERE experiment > ?';
      const [row] = this.#database.all<{ readonly id: string | null }>(sql, id);
      if (row?.id === null || row?.id === undefined) break;
      id = row.id;
      if (!ids.has(id)) throw this.damaged(id, 0);
    }
    return experiments.map((experiment) => {
      const [row] = this.page(experiment.id, 0, 1);
      const entry = row && this.entry(row, tailOf(experiment).hash, 0);
      if (entry?.type !== 'started') throw this.damaged(experiment.id, 0);
      return entry;
    });
  }

  /** What a list shows of an experiment, from its first, last and best entry. */
  summary(start: Extract<Entry, { type: 'started' }>): ExperimentSummary {
    const { id } = start.run;
    const [last] = this.#rows('WHERE experiment = ? ORDER BY entry.position DESC LIMIT 1', id);
    if (last === undefined || !isIntact(last, this.hashBefore(id, last.position))) {
      throw this.damaged(id, last?.position ?? 0);
    }
    let best: ExperimentSummary['best'];
    if (last.best !== null) {
      const [row] = this.#rows('WHERE experiment = ? AND position = ?', id, last.best);
      const entry = row && this.entry(row, this.hashBefore(id, last.best), last.best);
      if (entry?.type !== 'candidate' || !entry.outcome.ok) throw this.damaged(id, last.best);
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

  /** An id that is not there, unless it is missing because the file is damaged. */
  unknown(id: string): Error {
    const ids = this.starts().map(({ run }) => run.id);
    return ids.includes(id) ? this.damaged(id, 0) : unknownExperiment(id, ids);
  }

  damaged(id: string, position: number): Error {
    return ledgerUnreadable(this.#database.file, `entry ${position} of "${id}" is not what was written`);
  }

  #rows(where: string, ...parameters: (string | number)[]): EntryRow[] {
    return this.#database.all<EntryRow>(`${selectEntry} ${where}`, ...parameters);
  }
}
