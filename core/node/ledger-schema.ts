import type Database from 'libsql';
import { ledgerNotALedger, ledgerTooNew } from './ledger-errors.js';

/** "hqna" in ASCII: marks a SQLite file as a ledger. */
export const applicationId = 0x68716e61;

/** Step n brings a file of format n to format n + 1. Released steps never change. */
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
   ALTER TABLE entry RENAME TO entry_of_format_1;
   CREATE TABLE entry (
     experiment TEXT NOT NULL REFERENCES experiment (id),
     position INTEGER NOT NULL,
     type TEXT NOT NULL
       CHECK (type IN ('started', 'candidate', 'searched', 'finalist', 'finished', 'interrupted')),
     candidate INTEGER CHECK ((candidate IS NOT NULL) = (type IN ('candidate', 'finalist'))),
     repeat INTEGER CHECK ((repeat IS NOT NULL) = (type = 'finalist')),
     content TEXT NOT NULL CHECK (json_valid(content)),
     run TEXT NOT NULL CHECK (json_valid(run)),
     PRIMARY KEY (experiment, position)
   ) STRICT;
   INSERT INTO entry SELECT experiment, position, type, candidate, NULL, content, run FROM entry_of_format_1;
   DROP TABLE entry_of_format_1;
   CREATE UNIQUE INDEX one_result_per_candidate ON entry (experiment, candidate) WHERE type = 'candidate';
   CREATE UNIQUE INDEX one_result_per_final_training ON entry (experiment, candidate, repeat) WHERE type = 'finalist';
   CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;
   CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'history is append-only'); END;
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
     repeat,
     content ->> '$.outcome.ok' AS ok,
     content ->> '$.outcome.score' AS score,
     content ->> '$.outcome.reason.code' AS failure,
     run ->> '$.seconds' AS seconds
   FROM entry WHERE type = 'finalist';`,
];

/** Sets the connection up and brings the file to the newest format. */
export function prepareSchema(database: Database.Database, file: string): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  if (application !== applicationId && (application !== 0 || version !== 0 || tableCount(database) > 0)) {
    throw ledgerNotALedger(file);
  }
  if (version > migrations.length) throw ledgerTooNew(file, version, migrations.length);
  if (version < migrations.length) migrate(database);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
}

function migrate(database: Database.Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have migrated meanwhile.
    for (let version = pragma(database, 'user_version'); version < migrations.length; version++) {
      database.exec(migrations[version]!);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    }
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
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
