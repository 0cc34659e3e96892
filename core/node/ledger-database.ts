import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { decodeRow } from './ledger-chain.js';
import { ledgerNotFound, ledgerUnreadable, translateSqliteError } from './ledger-errors.js';
import { prepareSchema } from './ledger-schema.js';
import { makeFolder } from './make-folder.js';

export interface OpenLedgerOptions {
  /** Make the file (and its folder) when it is not there; default true. */
  readonly create?: boolean;
  /** Milliseconds to wait for another writer; default 10,000. */
  readonly timeout?: number;
}

/** The connection to a ledger's file: its statements, its transactions, and what is said when they fail. */
export class LedgerDatabase {
  readonly file: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #written = false;

  /**
   * @throws HqnasError `ledger-not-found`, `ledger-not-a-ledger`, `ledger-unreadable`, `ledger-locked`, `ledger-read-only`,
   * `ledger-disk-full`, `ledger-not-written`, `ledger-too-new`
   */
  constructor(file: string, { create = true, timeout = 10_000 }: OpenLedgerOptions) {
    this.file = file;
    let database: Database.Database | undefined;
    try {
      if (create) makeFolder(path.dirname(path.resolve(file)));
      else if (!existsSync(file) || statSync(file).size === 0) throw ledgerNotFound(file);
      database = new Database(file, { timeout });
      prepareSchema(database, file);
      this.#database = database;
    } catch (error) {
      database?.close();
      throw translateSqliteError(error, file);
    }
  }

  /** Rows of a query; the caller names the type of what it selects. @throws HqnasError `ledger-unreadable` */
  all<T>(sql: string, ...parameters: (string | number)[]): T[] {
    const rows = this.#statement(sql).all(...parameters);
    try {
      return rows.map((row) => decodeRow<T>(row));
    } catch (error) {
      throw ledgerUnreadable(this.file, 'a text in it is none', error);
    }
  }

  run(sql: string, parameters: readonly (string | number | null)[] = []): void {
    this.#statement(sql).run(...parameters);
  }

  /** One transaction that takes the write lock at once: a reader that becomes a writer could not wait for it. */
  write(change: () => void): void {
    this.#written = true;
    this.run('BEGIN IMMEDIATE');
    try {
      change();
      this.run('COMMIT');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The same without waiting for the disk: after a crash of the machine it may not have happened. */
  writeSoon(change: () => void): void {
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.write(change);
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Puts the log into the file where nobody else is at it, so that the file alone is the ledger. */
  close(): void {
    if (this.#written) {
      this.#database.exec('PRAGMA busy_timeout = 100');
      try {
        this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
      } catch {
        // The log stays beside the file, and is read with it.
      }
    }
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
