import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, on every Linux that Node runs on. */
const tick = 10;

/**
 * What a process and those that it started have computed so far: unlike a rate it hardly moves with whoever else uses the
 * machine.
 * @returns milliseconds, in user and in system mode
 */
export const cpuOf = (pid: number): number =>
  processes()
    .filter((one) => one.pid === pid || one.parent === pid)
    .reduce((sum, { ticks }) => sum + ticks * tick, 0);

/** From /proc/PID/stat; the name in its parentheses may hold anything. */
const processes = (): { pid: number; parent: number; ticks: number }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(name);
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [
        { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) },
      ];
    });

/** Empty for one that has ended meanwhile. */
const statOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
};
