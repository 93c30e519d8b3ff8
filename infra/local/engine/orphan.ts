import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/**
 * Ends engines that a killed home left behind on this file, before it is opened again. They are found by their
 * command line in /proc: a remembered process number could belong to another program by now, or be of a home that
 * was killed before it could write it down.
 * @param program the engine; its name counts, not the folder, which another installation of it has elsewhere
 * @param database the file, as absolute path without links, as the home spells it for every engine
 * @returns the numbers of the processes that were ended
 * @throws HomeFault when one cannot be ended
 */
export const endOrphans = async (program: string, database: string): Promise<number[]> => {
  const isOurs = (pid: number): boolean => {
    const [name, ...given] = commandLine(pid);
    return name !== undefined && basename(name) === basename(program) && given.includes(database);
  };
  const orphans = runningProcesses().filter(isOurs);
  for (const pid of orphans) await endProcess(pid, () => isOurs(pid));
  return orphans;
};

const endProcess = async (pid: number, isThere: () => boolean): Promise<void> => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    sendSignal(pid, signal);
    for (let waited = 0; waited < 3_000 && isThere(); waited += 20) await sleep(20);
    if (!isThere()) return;
  }
  throw new HomeFault(
    `Process ${pid}, the engine of a home that was killed, does not end; end it by hand.`,
    exitCodes.busy,
  );
};

const sendSignal = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, which is what was wanted; a process of someone else's shows by still being there.
  }
};

const runningProcesses = (): number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    // No /proc on this system: the engine's own lock is the only guard.
    return [];
  }
};

/** Empty for a process that has ended and only waits to be noticed. */
const commandLine = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};
