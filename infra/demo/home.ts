import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { say } from '#infra/demo/progress.ts';
import { openLoopback } from '#infra/local/loopback.ts';
import { type Health, type Operator, operatorAt } from '#infra/rehearsal/operator.ts';

export type DemoHome = {
  operator: Operator;
  origin: string;
  untilStopped: () => Promise<void>;
  /** Ends a home that was started for the play; another one stays as it is. */
  stop: () => Promise<void>;
};

const nothing = () => Promise.resolve();

/**
 * The rehearsing home at the given address. Where none answers and no address was asked for, or what answers holds
 * real applications, a rehearsal of its own is started beside it.
 * @throws when an address was given and no rehearsal of the Almaty region is there
 */
export const homeForTheDemo = async (given: {
  url?: string | undefined;
  operator?: string | undefined;
}): Promise<DemoHome> => {
  const url = new URL(given.url ?? 'http://localhost:3000');
  const operator = operatorAt(given.operator ?? `http://${url.hostname}:${Number(url.port || 80) + 1}`);
  const health = await healthOf(operator);
  const fault = faultOf(health, operator.url);
  if (!fault) return { operator, origin: url.origin, untilStopped: nothing, stop: nothing };
  if (given.url) throw new Error(fault);
  say(`${fault} A rehearsal is started for the play.`);
  return await startRehearsal(await freePortsFrom(Number(url.port || 80) + 100));
};

const healthOf = async (operator: Operator): Promise<Health | undefined> => {
  try {
    return await operator.health();
  } catch {
    return undefined;
  }
};

const faultOf = (health: Health | undefined, url: string): string | undefined => {
  if (!health) return `No home answers on its operator's port ${url}.`;
  if (!health.rehearsal) return `The home behind ${url} is a real one, where nothing may be played.`;
  if (health.region !== 'KZ-19')
    return `The home behind ${url} is of ${health.region}, not of the Almaty region.`;
  return undefined;
};

/**
 * The first of a port and those 100, 200 and so on above it that is free, as the operator's beside it is. What answers on a taken one may be
 * anybody's home, and nothing may be played there.
 * @throws when none of ten is
 */
export const freePortsFrom = async (first: number): Promise<number> => {
  for (let port = first; port < first + 1000; port += 100) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error(`No ports are free from ${first} to ${first + 901}.`);
};

const isFree = async (port: number): Promise<boolean> => {
  try {
    const opened = await openLoopback({ port, purpose: 'the play' });
    await opened.close(0);
    return true;
  } catch {
    return false;
  }
};

const startRehearsal = async (port: number): Promise<DemoHome> => {
  const start = fileURLToPath(new URL('../local/start.ts', import.meta.url));
  const data = `.data/demo-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  const options = ['--region', 'KZ-19', '--port', String(port), '--data', data, '--rehearsal'];
  const child = spawn(process.execPath, [start, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const operator = operatorAt(`http://localhost:${port + 1}`);
  await untilItAnswers(child, async () => (await healthOf(operator)) !== undefined);
  return {
    operator,
    origin: `http://localhost:${port}`,
    untilStopped: async () => {
      say('\nThe rehearsal runs on until Ctrl-C.');
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill('SIGTERM'));
      await ended;
    },
    stop: () => end(child),
  };
};

/**
 * Waits for a program to answer. It has ten minutes: a slow machine that does other things needs a few.
 * @param looks a quarter of a second apart
 * @throws when it has ended or does not answer in time; it has ended then
 */
export const untilItAnswers = async (
  child: ChildProcess,
  answers: () => Promise<boolean>,
  looks = 2400,
): Promise<void> => {
  for (let look = 0; look < looks && !hasEnded(child); look += 1) {
    if (await answers()) return;
    await sleep(250);
  }
  await end(child);
  throw new Error('The rehearsal did not start.');
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const end = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};
