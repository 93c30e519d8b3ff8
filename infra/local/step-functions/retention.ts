import type { DatabaseSync } from 'node:sqlite';
import type { Activity, HomeClock, HomeLog } from '#infra/local/ports.ts';
import { number } from './columns.ts';
import type { Committer } from './committer.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: closed executions, and then their names. */
const daysKept = 90;

const dayMilliseconds = 86_400_000;

/** Executions taken away in one transaction, so that what runs waits for none of it. */
const batch = 50;

type Options = {
  database: DatabaseSync;
  committer: Committer;
  clock: HomeClock;
  activity: Activity;
  log: HomeLog;
};

/** Takes away, at once and then daily, the executions that ended long ago: history, tokens, and the name with them. */
export const openRetention = ({
  database,
  committer,
  clock,
  activity,
  log,
}: Options): { close: () => void } => {
  const remove = removerOf(database);
  let isClosed = false;
  let cancel: (() => void) | undefined;

  const sweep = async (): Promise<void> => {
    const before = clock.now() - daysKept * dayMilliseconds;
    let removed = 0;
    try {
      for (let last = batch; last === batch; removed += last) {
        last = await committer.commit(() => remove.ended(before));
      }
      if (removed > 0) await committer.commit(remove.definitions);
    } catch (error) {
      if (isClosed) return;
      const reason = error instanceof Error ? error.message : String(error);
      log('executions-not-swept', 'Old executions could not be taken away. It is tried again tomorrow.', {
        reason,
      });
    }
    if (removed > 0)
      log('executions-swept', `Executions that ended ${daysKept} days ago are gone.`, { removed });
    if (!isClosed) cancel = clock.at(clock.now() + dayMilliseconds, start, 'housekeeping');
  };

  const start = (): void => void activity.track(sweep());
  start();
  return {
    close: () => {
      isClosed = true;
      cancel?.();
    },
  };
};

const removerOf = (database: DatabaseSync) => {
  const old = database.prepare(
    `SELECT id FROM executions WHERE stopped_at IS NOT NULL AND stopped_at < ? ORDER BY stopped_at LIMIT ${batch}`,
  );
  const removals = [
    'DELETE FROM events WHERE execution = ?',
    'DELETE FROM tokens WHERE execution = ?',
    'DELETE FROM executions WHERE id = ?',
  ].map((statement) => database.prepare(statement));
  const definitions = database.prepare(
    `DELETE FROM definitions WHERE hash NOT IN
     (SELECT definition FROM executions UNION SELECT definition FROM machines)`,
  );
  return {
    /** @returns how many were taken away */
    ended: (before: number): number => {
      const ids = old.all(before).map((row) => number(row, 'id'));
      for (const id of ids) for (const removal of removals) removal.run(id);
      return ids.length;
    },
    /** Those that no machine and no execution is left of. */
    definitions: (): void => {
      definitions.run();
    },
  };
};
