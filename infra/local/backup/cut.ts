import { join } from 'node:path';
import { snapshotOf } from '#infra/local/backup/databases.ts';
import { databases, isOfOneRun } from '#infra/local/backup/layout.ts';
import { mirror } from '#infra/local/backup/mirror.ts';
import type { Hold } from '#infra/local/hold.ts';
import type { HomeLog } from '#infra/local/ports.ts';

type Parts = {
  dataFolder: string;
  hold: Hold;
  /** Copies the executions into a file; writes nothing of its own meanwhile and returns when it is done. */
  copyExecutions: (file: string) => void;
  log: HomeLog;
};

export type Cut = { heldMilliseconds: number };

/**
 * Completes a mirror of the data folder with one moment of it all: while no function writes tables, documents or letters, the tables and
 * the executions are taken in one turn of the event loop, then the documents and letters that changed since the mirror was made.
 * Nobody is refused; such calls wait. Uploads by browsers and the sending of letters go on: DECISIONS.md says why that is safe. The tables' bytes are copied after the hold, from the moment that was taken.
 *
 * A function that was running wrote whole transactions or will write after the cut: a home that starts on the copy sees what
 * it would see after a kill at that moment.
 */
export const takeCut =
  ({ dataFolder, hold, copyExecutions, log }: Parts) =>
  async (target: string): Promise<Cut> => {
    const begun = performance.now();
    const records = await hold.still(async () => {
      const taken = snapshotOf(join(dataFolder, databases.records), 'live');
      try {
        copyExecutions(join(target, databases.executions));
        await mirror(dataFolder, target, { skip: isOfOneRun });
        return taken;
      } catch (error) {
        taken.close();
        throw error;
      }
    });
    const heldMilliseconds = Math.round(performance.now() - begun);
    try {
      await records.copyTo(join(target, databases.records));
    } finally {
      records.close();
    }
    log('BACKUP_TAKEN', 'A backup of one moment was taken.', { heldMilliseconds });
    return { heldMilliseconds };
  };
