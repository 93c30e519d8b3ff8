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
  close: () => void;
};

type Entry = { run: () => void; settle: () => void; reject: (error: unknown) => void };

/**
 * Group commit: transitions of different executions that are ready in the same turn of the event loop share one
 * transaction and one fsync. Each is whole in it; none is acknowledged before the disk has it.
 */
export const openCommitter = (database: DatabaseSync): Committer => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  const undo = database.prepare('ROLLBACK');
  let waiting: Entry[] = [];
  let scheduled: NodeJS.Immediate | undefined;

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
      clearImmediate(scheduled);
      if (waiting.length > 0) flush();
    },
  };
};

const runs = (entry: Entry): boolean => {
  try {
    entry.run();
    return true;
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    entry.reject(error);
    return false;
  }
};
