import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import type { HomeProcess } from './home-process.ts';

/** How many kills are still to come, and whether what they disturb is over. */
export type Killing = { left: number; over: boolean };

/**
 * Kills the home at random moments while other work goes on, and starts it again each time.
 * @param longestMilliseconds between being ready and the next kill; twice as long as starting takes, where that is more: a busy machine
 * must get something done too
 */
export const killRepeatedly = async (
  home: HomeProcess,
  killing: Killing,
  random: () => number,
  longestMilliseconds: number,
): Promise<void> => {
  let longest = longestMilliseconds;
  while (killing.left > 0) {
    await sleep(random() * longest);
    if (killing.over) return;
    await home.kill();
    const begun = Date.now();
    await home.start();
    longest = Math.max(longestMilliseconds, 2 * (Date.now() - begun));
    killing.left -= 1;
  }
};

/** Does it again while the home is away: what a browser's user does. What the home itself refused, or answered otherwise than expected, is thrown. */
export const insist = async <T>(work: () => Promise<T>, patienceSeconds = 600): Promise<T> => {
  const until = Date.now() + patienceSeconds * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof z.ZodError) throw error;
      const away = !(error instanceof UnexpectedAnswer) || error.status >= 500 || isTemporary(error);
      if (!away) throw error;
      if (Date.now() > until) {
        throw new Error(`Nothing came of it in ${patienceSeconds} seconds.`, { cause: error });
      }
      await sleep(100);
    }
  }
};

/** A retry of a request whose answer was lost: the next try reads what stands and goes on from there. */
const isTemporary = ({ status, body }: UnexpectedAnswer): boolean =>
  (status === 409 && /changed-meanwhile|document-not-arrived/.test(body)) ||
  status === 401 ||
  status === 429 ||
  (status >= 400 && /code-used|code-replaced|code-expired/.test(body));
