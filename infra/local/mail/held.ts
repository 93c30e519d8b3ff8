/** Letters that a restore holds back, since it could not know which of them the lost home had sent. */
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '#infra/local/s3/disk.ts';
import type { Entry, LetterState } from './outbox.ts';

/** While this file is in the folder of letters, new ones are held too. */
export const holdMark = 'hold.json';

type Outbox = {
  idsHeld: () => string[];
  read: (id: string, state: LetterState) => Promise<Entry>;
  /** The letter is whole in its new state before its old mark goes. */
  move: (entry: Entry, from: LetterState, to: LetterState) => Promise<void>;
  /** One after the other for the same letter. */
  locked: <T>(id: string, work: () => Promise<T>) => Promise<T>;
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

export const openHeld = async (
  folder: string,
  { idsHeld, read, move, locked, stateOf }: Outbox,
): Promise<Held> => {
  let since = statSync(join(folder, holdMark), { throwIfNoEntry: false })?.mtimeMs;
  /** Answers the state in which the letter now is; undefined when somebody else let it go. */
  const letGo = (id: string, to: 'waiting' | 'sent', now: number): Promise<LetterState | undefined> =>
    locked(id, async () => {
      if (stateOf(id) !== 'held') return undefined;
      const { startedAt: _cut, ...entry } = await read(id, 'held');
      await move(to === 'sent' ? { ...entry, endedAt: now } : { ...entry, nextAt: now }, 'held', to);
      return to;
    });
  if (since === undefined) {
    // A release takes the mark away last: what is held still was being written then, and a kill came in between.
    for (const id of idsHeld()) await move(await read(id, 'held'), 'held', 'waiting');
  }
  return {
    since: () => since,
    release: async (arrived, now) => {
      const unknown = arrived.filter((id) => ['waiting', undefined].includes(stateOf(id)));
      if (unknown.length > 0) return { unknown };
      // First: what is written from now on is not held any more and so not missed below. What is being written looks again.
      since = undefined;
      let released = 0;
      for (const id of idsHeld()) {
        if ((await letGo(id, arrived.includes(id) ? 'sent' : 'waiting', now)) === 'waiting') released += 1;
      }
      await rm(join(folder, holdMark), { force: true });
      await syncFolder(folder);
      return { released };
    },
  };
};
