import type { DatabaseSync } from 'node:sqlite';

/** A "no" said inside a transaction before anything was written: only the one who asked is told. */
export class Declined extends Error {
  readonly reason: { code: string; message: string };
  constructor(code: string, message: string) {
    super(message);
    this.reason = { code, message };
  }
}

export type Committer = {
  /** Resolves when what `write` wrote is on disk. Rejects when nothing of it is. */
  commit: <T>(write: () => T) => Promise<T>;
  /** Writes what was handed in; what comes later is rejected. */
  close: () => void;
};

type Entry = { run: () => void; settle: () => void; reject: (error: unknown) => void };

/**
 * Group commit: transitions of different executions that are ready in the same turn of the event loop share one
 * transaction and one fsync. Each is whole in it, and one that cannot be written takes none of the others with it;
 * none is acknowledged before the disk has it.
 */
export const openCommitter = (database: DatabaseSync): Committer => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  const undo = database.prepare('ROLLBACK');
  const runs = runner(database);
  let waiting: Entry[] = [];
  let scheduled: NodeJS.Immediate | undefined;
  let isClosed = false;

  const flush = (): void => {
    scheduled = undefined;
    const batch = waiting;
    waiting = [];
    let written: Entry[] = [];
    try {
      begin.run();
      written = batch.filter(runs);
      end.run();
    } catch (error) {
      if (database.isTransaction) undo.run();
      for (const entry of batch) entry.reject(error);
      return;
    }
    for (const entry of written) entry.settle();
  };

  const commit = <T>(write: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (isClosed) {
        reject(new Error('The home is stopping.'));
        return;
      }
      let result: { value: T } | undefined;
      waiting.push({
        run: () => {
          result = { value: write() };
        },
        settle: () => {
          if (result) resolve(result.value);
        },
        reject,
      });
      scheduled ??= setImmediate(flush);
    });

  return {
    commit,
    close: () => {
      isClosed = true;
      clearImmediate(scheduled);
      if (waiting.length > 0) flush();
    },
  };
};

/** Runs one entry; one that fails by itself is taken back alone. Throws what concerns the whole transaction. */
const runner = (database: DatabaseSync): ((entry: Entry) => boolean) => {
  const mark = database.prepare('SAVEPOINT entry');
  const keep = database.prepare('RELEASE entry');
  const takeBack = database.prepare('ROLLBACK TO entry');
  return (entry) => {
    mark.run();
    try {
      entry.run();
    } catch (error) {
      if (isStorageFault(error) || !database.isTransaction) throw error;
      takeBack.run();
      keep.run();
      entry.reject(error);
      return false;
    }
    keep.run();
    return true;
  };
};

/** SQLite's primary result codes that speak of the file, not of what was written: they may pass. */
const storageCodes: ReadonlySet<number> = new Set([
  5, // busy
  6, // locked
  7, // no memory
  8, // read-only
  10, // input or output
  11, // corrupt
  13, // full
  14, // cannot open
  26, // not a database
]);

/** Whether the disk or the file refused: trying again later can help. */
export const isStorageFault = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  storageCodes.has(error.errcode & 0xff);
