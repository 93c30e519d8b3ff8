import { DatabaseSync } from 'node:sqlite';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** The tables of one file; README.md draws them. A change of shape is a new version and a step in `migrations`. */
const version1 = `
  CREATE TABLE definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE machines (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, logical_id TEXT NOT NULL, role_arn TEXT NOT NULL,
    definition TEXT NOT NULL, timeout_seconds INTEGER, created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE executions (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL, machine TEXT NOT NULL,
    definition TEXT NOT NULL, status TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    started_at INTEGER NOT NULL, stopped_at INTEGER, parent TEXT
  );
  CREATE INDEX executions_running ON executions (id) WHERE status = 'RUNNING';
  CREATE INDEX executions_by_name ON executions (name);
  CREATE INDEX executions_by_machine ON executions (machine, id);
  CREATE TABLE frames (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, state TEXT NOT NULL, doing TEXT NOT NULL,
    since INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
  CREATE INDEX frames_to_resume ON frames (execution)
    WHERE doing IN ('entering', 'beginning', 'invoking', 'starting', 'nested');
  CREATE TABLE timers (
    execution INTEGER NOT NULL, frame INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (execution, frame, kind)
  ) WITHOUT ROWID;
  CREATE INDEX timers_by_time ON timers (at);
  CREATE TABLE tokens (
    token TEXT PRIMARY KEY, execution INTEGER NOT NULL, frame INTEGER NOT NULL, open INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL,
    type TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
`;

/** What ended can be found by when; a nested execution that is to be stopped stays noted until it is. */
const version2 = `
  CREATE INDEX executions_ended ON executions (stopped_at) WHERE stopped_at IS NOT NULL;
  CREATE INDEX tokens_by_execution ON tokens (execution);
  CREATE TABLE stops (arn TEXT PRIMARY KEY) WITHOUT ROWID;
`;

/**
 * Events lie in the order in which they were written, not by execution: what many executions write in one transaction then
 * shares its pages, which halves the work of a write. Lines to be resumed are looked for once, at the start, without an index.
 */
const version3 = `
  CREATE TABLE history (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL,
    type TEXT NOT NULL, details TEXT NOT NULL
  );
  INSERT INTO history SELECT execution, id, previous, at, type, details FROM events;
  DROP TABLE events;
  ALTER TABLE history RENAME TO events;
  CREATE UNIQUE INDEX events_by_execution ON events (execution, id);
  DROP INDEX frames_to_resume;
`;

const migrations = [version1, version2, version3];

/**
 * Opens the file of the executions, alone and with every commit on disk before it is acknowledged.
 * @throws HomeFault when it is in use (busy), unreadable, not ours, or newer than this program (data)
 */
export const openDatabase = (file: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    migrate(database, file);
    return database;
  } catch (error) {
    throw error instanceof HomeFault ? error : faultOf(error, file);
  }
};

const migrate = (database: DatabaseSync, file: string): void => {
  const current = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (current > migrations.length) {
    throw new HomeFault(
      `${file} was written by a newer version (${current}; this one knows ${migrations.length})`,
      exitCodes.data,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < current) continue;
    database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
};

const faultOf = (error: unknown, file: string): HomeFault => {
  const reason = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(reason)) {
    return new HomeFault(`${file} is in use by another process`, exitCodes.busy);
  }
  if (/full|I\/O/i.test(reason)) return new HomeFault(`${file} cannot be written: ${reason}`, exitCodes.disk);
  return new HomeFault(`${file} cannot be opened: ${reason}`, exitCodes.data);
};
