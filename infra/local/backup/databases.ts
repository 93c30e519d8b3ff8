import { backup, DatabaseSync } from 'node:sqlite';

/** A database as it was at one moment, whatever is written to it afterwards. */
export type Snapshot = { copyTo: (file: string) => Promise<void>; close: () => void };

/** Pages copied at a time, between which others may write. */
const pagesAtOnce = 1_000;

/**
 * Takes hold of what a database in WAL mode holds now; this itself takes no time.
 * @param mode `live` while another process writes to it; `at-rest` where a kill may have left a journal to be read first
 */
export const snapshotOf = (file: string, mode: 'live' | 'at-rest'): Snapshot => {
  const database = new DatabaseSync(file, { readOnly: mode === 'live' });
  try {
    database.exec('BEGIN');
    // The first read takes the snapshot.
    database.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    copyTo: async (target) => {
      await backup(database, target, { rate: pagesAtOnce });
      settleDatabase(target);
    },
    close: () => database.close(),
  };
};

/** Makes a copy one file without a journal beside it, so that it can be read from a disk that cannot be written. */
const settleDatabase = (file: string): void => {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
};

/** What SQLite finds wrong with a file. */
export const faultsOfDatabase = (file: string): string[] => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    return database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((line) => line !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    database?.close();
  }
};
