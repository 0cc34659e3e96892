import Database from 'libsql';
import type { Entry } from '../experiment/ledger.js';
import { decodeRow, insertEntry, nextRow, tailOf, valuesOf, type ExperimentRow } from './ledger-chain.js';
import { ledgerNotALedger, ledgerTooNew, ledgerUnreadable } from './ledger-errors.js';

/** "hqna" in ASCII: marks a SQLite file as a ledger. */
const applicationId = 0x68716e61;

/** Step n brings a file of format n to format n + 1. Released steps never change; test/golden/ledgers keeps a file of each. */
const migrations: readonly string[] = [
  `CREATE TABLE experiment (
     number INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL,
     started_at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE entry (
     experiment TEXT NOT NULL REFERENCES experiment (id),
     position INTEGER NOT NULL,
     type TEXT NOT NULL CHECK (type IN ('started', 'candidate', 'finished', 'interrupted')),
     candidate INTEGER CHECK ((candidate IS NOT NULL) = (type = 'candidate')),
     content TEXT NOT NULL CHECK (json_valid(content)),
     run TEXT NOT NULL CHECK (json_valid(run)),
     PRIMARY KEY (experiment, position)
   ) STRICT;
   CREATE UNIQUE INDEX one_result_per_candidate ON entry (experiment, candidate) WHERE candidate IS NOT NULL;
   CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE TRIGGER experiment_keeps BEFORE UPDATE ON experiment BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE TRIGGER experiment_stays BEFORE DELETE ON experiment BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE VIEW candidate AS SELECT
     experiment,
     candidate AS number,
     content ->> '$.dna' AS dna,
     content ->> '$.identity' AS identity,
     content ->> '$.origin.by' AS mutation,
     content ->> '$.outcome.ok' AS ok,
     content ->> '$.outcome.score' AS score,
     content ->> '$.outcome.counts.parameters' AS parameters,
     content ->> '$.outcome.counts.qubits' AS qubits,
     content ->> '$.outcome.reusedFrom' AS reused_from,
     content ->> '$.outcome.reason.code' AS failure,
     run ->> '$.seconds' AS seconds
   FROM entry WHERE type = 'candidate';`,
  `DROP VIEW candidate;
   DROP INDEX one_result_per_candidate;
   ALTER TABLE entry RENAME TO entry_of_format_1;
   CREATE TABLE entry (
     experiment TEXT NOT NULL REFERENCES experiment (id),
     position INTEGER NOT NULL,
     type TEXT NOT NULL,
     candidate INTEGER,
     name TEXT,
     content TEXT NOT NULL,
     run TEXT NOT NULL,
     candidates INTEGER NOT NULL,
     best INTEGER,
     best_score REAL,
     hash TEXT NOT NULL,
     PRIMARY KEY (experiment, position)
   ) STRICT;
   CREATE UNIQUE INDEX one_entry_of_a_name ON entry (experiment, name) WHERE name IS NOT NULL;
   CREATE VIEW candidate AS SELECT
     experiment,
     candidate AS number,
     content ->> '$.dna' AS dna,
     content ->> '$.identity' AS identity,
     content ->> '$.origin.by' AS mutation,
     content ->> '$.outcome.ok' AS ok,
     content ->> '$.outcome.score' AS score,
     content ->> '$.outcome.counts.parameters' AS parameters,
     content ->> '$.outcome.counts.qubits' AS qubits,
     content ->> '$.outcome.reusedFrom' AS reused_from,
     content ->> '$.outcome.reason.code' AS failure,
     run ->> '$.seconds' AS seconds
   FROM entry WHERE type = 'candidate';
   CREATE VIEW finalist AS SELECT
     experiment,
     candidate,
     content ->> '$.repeat' AS repeat,
     content ->> '$.outcome.ok' AS ok,
     content ->> '$.outcome.score' AS score,
     content ->> '$.outcome.reason.code' AS failure,
     run ->> '$.seconds' AS seconds
   FROM entry WHERE type = 'finalist';`,
  `CREATE TABLE progress (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     experiment TEXT NOT NULL REFERENCES experiment (id),
     candidate INTEGER NOT NULL,
     repeat INTEGER NOT NULL,
     steps INTEGER NOT NULL,
     mean_return REAL,
     figures TEXT NOT NULL,
     UNIQUE (experiment, candidate, repeat, steps)
   ) STRICT;`,
];

/** What makes history append-only; step 2 puts rows anew and sets it up again afterwards. */
const triggers = `
   CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;`;

/** What a step does beyond SQL, after its SQL. */
const afterStep: readonly (((database: Database.Database) => void) | undefined)[] = [undefined, chainEntries];

/** Puts the entries of format 1 into the table of format 2, each with its hash. */
function chainEntries(database: Database.Database): void {
  const page = database.prepare(
    'SELECT * FROM entry_of_format_1 WHERE experiment = ? AND position >= ? ORDER BY position LIMIT 500',
  );
  const insert = database.prepare(insertEntry);
  const experiments = database.prepare('SELECT * FROM experiment ORDER BY number').all() as ExperimentRow[]; // its columns
  for (const experiment of experiments) {
    let tail = tailOf(experiment);
    for (;;) {
      const rows = page.all(experiment.id, tail.position + 1) as { content: string; run: string }[]; // its columns
      for (const { content, run } of rows) {
        // Only entries were ever written there.
        const entry = { ...(JSON.parse(content) as object), run: JSON.parse(run) as unknown } as Entry;
        const row = nextRow(tail, entry);
        insert.run(...valuesOf(row));
        tail = row;
      }
      if (rows.length === 0) break;
    }
  }
  database.exec('DROP TABLE entry_of_format_1');
  database.exec(triggers);
}

/** Sets the connection up and brings the file to the newest format. */
export function prepareSchema(database: Database.Database, file: string): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  if (application !== applicationId && (application !== 0 || version !== 0 || tableCount(database) > 0)) {
    throw ledgerNotALedger(file);
  }
  if (version > migrations.length) throw ledgerTooNew(file, version, migrations.length);
  if (version < migrations.length) migrate(database);
  checkSchema(database, file);
  // Asking first: setting the mode needs the write lock.
  const [mode] = database.prepare('PRAGMA journal_mode').all() as { journal_mode: string }[]; // its only column
  if (mode?.journal_mode !== 'wal') database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
}

function migrate(database: Database.Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have migrated meanwhile.
    for (let version = pragma(database, 'user_version'); version < migrations.length; version++) {
      database.exec(migrations[version]!);
      afterStep[version]?.(database);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    }
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A damaged file may still be readable, with other rules: its tables must be those of the format, to the letter. */
function checkSchema(database: Database.Database, file: string): void {
  const wanted = expectedSchema();
  const found = new Map(schemaOf(database, file).map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of wanted) {
    if (found.get(name) !== sql)
      throw ledgerUnreadable(file, `its "${name}" is not that of format ${migrations.length}`);
  }
}

type SchemaRow = { readonly name: string; readonly sql: string };
let schema: readonly SchemaRow[] | undefined;

function expectedSchema(): readonly SchemaRow[] {
  if (schema !== undefined) return schema;
  const fresh = new Database(':memory:');
  migrate(fresh);
  schema = schemaOf(fresh, ':memory:');
  fresh.close();
  return schema;
}

function schemaOf(database: Database.Database, file: string): SchemaRow[] {
  const sql = `SELECT CAST(name AS BLOB) AS name, CAST(sql AS BLOB) AS sql FROM sqlite_master
    WHERE sql IS NOT NULL ORDER BY name`;
  const rows = database.prepare(sql).all();
  try {
    return rows.map((row) => decodeRow<SchemaRow>(row));
  } catch (error) {
    throw ledgerUnreadable(file, 'its tables have no names', error);
  }
}

function pragma(database: Database.Database, name: string): number {
  const [row] = database.prepare(`PRAGMA ${name}`).all() as Record<string, number>[]; // both pragmas hold one integer
  return row?.[name] ?? 0;
}

function tableCount(database: Database.Database): number {
  const [row] = database.prepare('SELECT count(*) AS count FROM sqlite_master').all() as { count: number }[];
  return row?.count ?? 0;
}
