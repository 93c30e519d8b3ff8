import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { say } from '#infra/demo/progress.ts';
import { type Health, type Operator, operatorAt } from '#infra/rehearsal/operator.ts';

export type DemoHome = { operator: Operator; origin: string; untilStopped: () => Promise<void> };

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
  if (!fault) return { operator, origin: url.origin, untilStopped: () => Promise.resolve() };
  if (given.url) throw new Error(fault);
  say(`${fault} A rehearsal is started for the play.`);
  return await startRehearsal(Number(url.port) + 100);
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

const startRehearsal = async (port: number): Promise<DemoHome> => {
  const start = fileURLToPath(new URL('../local/start.ts', import.meta.url));
  const data = `.data/demo-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  const options = ['--region', 'KZ-19', '--port', String(port), '--data', data, '--rehearsal'];
  const child = spawn(process.execPath, [start, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const operator = operatorAt(`http://localhost:${port + 1}`);
  for (let tries = 0; !(await healthOf(operator)); tries += 1) {
    if (child.exitCode !== null || tries === 2400) throw new Error('The rehearsal did not start.');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return {
    operator,
    origin: `http://localhost:${port}`,
    untilStopped: async () => {
      say('\nThe rehearsal runs on until Ctrl-C.');
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill('SIGTERM'));
      await ended;
    },
  };
};
