import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { endEngines } from '#infra/local/engine/engine.ts';
import { type Operator, operatorAt } from '#infra/rehearsal/operator.ts';

/** A home as an operator runs it: `npm start` in a process of its own, which can be killed and started again. */
export type HomeProcess = {
  origin: string;
  operator: Operator;
  data: string;
  pid: () => number;
  start: () => Promise<void>;
  /** SIGKILL: no time to say goodbye. */
  kill: () => Promise<void>;
  /** Ctrl-C, then the data folder is removed, and the engine that a kill may have left on it is ended. */
  remove: () => Promise<void>;
};

export type HomeOptions = {
  region?: string;
  rehearsal?: boolean;
  env?: Record<string, string>;
  /** Stacks that are synthesized already, instead of the region's. */
  stacks?: string;
  /** Runs the home under another command, such as a tracer. */
  under?: readonly string[];
};

const startFile = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));

export const homeProcess = async (options: HomeOptions = {}): Promise<HomeProcess> => {
  const data = await mkdtemp(join(tmpdir(), 'irikteu-'));
  const port = await twoFreePorts();
  const origin = `http://localhost:${port}`;
  const operator = operatorAt(`http://localhost:${port + 1}`);
  let child: ChildProcess | undefined;
  let said = '';

  const start = async (): Promise<void> => {
    const [command, ...before] = [...(options.under ?? []), process.execPath];
    const flags = ['--region', options.region ?? 'KZ-19', '--port', String(port), '--data', data];
    const started = spawn(
      command,
      [
        ...before,
        startFile,
        ...flags,
        ...(options.rehearsal === false ? [] : ['--rehearsal']),
        ...(options.stacks === undefined ? [] : ['--stacks', options.stacks]),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...options.env },
      },
    );
    child = started;
    said = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString()}`.slice(-8000);
      });
    }
    for (let tries = 0; tries < 1800; tries += 1) {
      if (started.exitCode !== null) throw new Error(`The home ended with ${started.exitCode}:\n${said}`);
      if (await answers(operator)) return;
      await sleep(100);
    }
    throw new Error(`The home did not get ready:\n${said}`);
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // A tracer keeps the signal for itself: it is the home that must hear it.
    if (options.under) process.kill(await pidIn(data), signal);
    else child.kill(signal);
    await ended;
  };

  return {
    origin,
    operator,
    data,
    start,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    remove: async () => {
      await end('SIGTERM');
      await endEngines(await realpath(data));
      await rm(data, { recursive: true, force: true });
    },
  };
};

/** The home's own process, as it says in its folder. */
const pidIn = async (data: string): Promise<number> => {
  const file: unknown = JSON.parse(await readFile(join(data, 'home.json'), 'utf8'));
  return z.object({ pid: z.int() }).parse(file).pid;
};

const answers = async (operator: Operator): Promise<boolean> => {
  try {
    return (await operator.health()).ok;
  } catch {
    return false;
  }
};

/** The public port, and the next one for the operator. */
const twoFreePorts = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 20_000) * 2;
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
