/** Letters that a restore holds back, since it could not know which of them the lost home had sent. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '#infra/local/s3/disk.ts';
import type { Entry, LetterState } from './outbox.ts';

/** While this file is in the folder of letters, new ones are held too. */
export const holdMark = 'hold.json';

type Outbox = {
  heldBack: () => Promise<Entry[]>;
  put: (entry: Entry, state: LetterState) => Promise<void>;
  unmark: (state: LetterState, id: string) => Promise<void>;
};

export type Held = {
  /** Whether new letters are held. */
  holding: () => boolean;
  /** Lets held letters wait for the server from `now` on, counts those of `arrived` as sent, and holds no more. */
  release: (arrived: readonly string[], now: number) => Promise<number>;
};

export const openHeld = (folder: string, { heldBack, put, unmark }: Outbox): Held => {
  let holding = existsSync(join(folder, holdMark));
  return {
    holding: () => holding,
    release: async (arrived, now) => {
      // First: what is written from now on is not held any more and so not missed below.
      holding = false;
      const found = await heldBack();
      // Each is whole in its new state before its old mark goes.
      for (const { startedAt: _cut, ...entry } of found) {
        if (arrived.includes(entry.id)) await put({ ...entry, endedAt: now }, 'sent');
        else await put({ ...entry, nextAt: now }, 'waiting');
        await unmark('held', entry.id);
      }
      await rm(join(folder, holdMark), { force: true });
      await syncFolder(folder);
      return found.filter(({ id }) => !arrived.includes(id)).length;
    },
  };
};
