/** Letters that a restore holds back, since it could not know which of them the lost home had sent. */
import { statSync } from 'node:fs';
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
  /** Undefined for an id that no letter has. */
  stateOf: (id: string) => LetterState | undefined;
};

/** How many letters now leave; or ids that no letter has, or one that leaves by itself: then nothing was done. */
export type Released = { released: number } | { unknown: string[] };

export type Held = {
  /** Since when letters are held, in milliseconds since 1970; undefined while new ones are not. */
  since: () => number | undefined;
  /**
   * Lets held letters wait for the server from `now` on, counts those of `arrived` as sent, and holds no more. It can be asked
   * again after a cut: some of `arrived` may have been counted by then.
   */
  release: (arrived: readonly string[], now: number) => Promise<Released>;
};

export const openHeld = (folder: string, { heldBack, put, unmark, stateOf }: Outbox): Held => {
  let since = statSync(join(folder, holdMark), { throwIfNoEntry: false })?.mtimeMs;
  return {
    since: () => since,
    release: async (arrived, now) => {
      const unknown = arrived.filter((id) => ['waiting', undefined].includes(stateOf(id)));
      if (unknown.length > 0) return { unknown };
      // First: what is written from now on is not held any more and so not missed below.
      since = undefined;
      const found = await heldBack();
      // Each is whole in its new state before its old mark goes.
      for (const { startedAt: _cut, ...entry } of found) {
        if (arrived.includes(entry.id)) await put({ ...entry, endedAt: now }, 'sent');
        else await put({ ...entry, nextAt: now }, 'waiting');
        await unmark('held', entry.id);
      }
      await rm(join(folder, holdMark), { force: true });
      await syncFolder(folder);
      return { released: found.filter(({ id }) => !arrived.includes(id)).length };
    },
  };
};
