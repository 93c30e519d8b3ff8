import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Locks a file against other processes, and against another holder in this one. The kernel releases the lock when its
 * process ends, however it ends, so there is no stale lock to take over.
 * @returns how to release it, or undefined when someone else holds it
 * @throws where the file cannot be created
 */
export const tryLock = (file: string): (() => void) | undefined => {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined;
    throw error;
  }
};

/** Waits for the lock without holding up this process, which may be the one that has it. */
export const waitForLock = async (file: string, patienceMilliseconds: number): Promise<() => void> => {
  const until = Date.now() + patienceMilliseconds;
  for (;;) {
    const release = tryLock(file);
    if (release) return release;
    if (Date.now() > until) throw new Error(`${file} is held by another process.`);
    await sleep(50);
  }
};
