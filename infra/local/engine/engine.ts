import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOrphans } from '#infra/local/engine/orphan.ts';
import { exitCodes, HomeFault, type HomeLog } from '#infra/local/ports.ts';

/** The DynamoDB engine behind the home. */
export type Engine = {
  host: string;
  port: number;
  /** Resolves when it answers; at once but for the moments after it died. */
  ready: () => Promise<void>;
  pid: () => number | undefined;
  stop: () => Promise<void>;
};

/** Another engine that speaks DynamoDB, such as one that the operator runs. */
export const otherEngine = (endpoint: string): Engine => {
  const { hostname, port, protocol } = new URL(endpoint);
  if (protocol !== 'http:') {
    throw new HomeFault(`DYNAMODB_ENDPOINT must begin with http://, not ${endpoint}.`, exitCodes.usage);
  }
  return {
    host: hostname,
    port: Number(port || '80'),
    ready: () => Promise.resolve(),
    pid: () => undefined,
    stop: () => Promise.resolve(),
  };
};

/**
 * Starts the engine on `<data>/records.sqlite` and starts it again whenever it dies.
 * @param dataFolder absolute
 * @throws HomeFault when it does not come up
 */
export const startEngine = async (dataFolder: string, log: HomeLog): Promise<Engine> => {
  const program = engineProgram();
  for (const pid of await endEngines(dataFolder)) {
    log('ENGINE_ORPHAN_ENDED', 'The engine of a killed home was still running and was ended.', { pid });
  }
  const engine = new EngineProcess({
    program,
    database: databaseIn(dataFolder),
    port: await freePort(),
    log,
  });
  await engine.start();
  return engine;
};

/**
 * Ends engines that a killed home left on a data folder.
 * @param dataFolder absolute, without links
 * @returns the numbers of the processes that were ended
 */
export const endEngines = (dataFolder: string): Promise<number[]> =>
  endOrphans(engineProgram(), databaseIn(dataFolder));

const databaseIn = (dataFolder: string): string => join(dataFolder, 'records.sqlite');

type Place = { program: string; database: string; port: number; log: HomeLog };

/** Between an engine's death and the next start; doubled while it does not come up, so that no log fills. Milliseconds. */
const shortestPause = 200;
const longestPause = 10_000;

class EngineProcess implements Engine {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly #place: Place;
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();
  #stopping = false;
  #pause = shortestPause;

  constructor(place: Place) {
    this.#place = place;
    this.port = place.port;
  }

  readonly ready = (): Promise<void> => this.#ready;

  readonly pid = (): number | undefined => this.#child?.pid;

  async start(): Promise<void> {
    this.#spawn();
    try {
      await this.#ready;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  readonly stop = async (): Promise<void> => {
    this.#stopping = true;
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const gone = new Promise((resolve) => void child.once('exit', resolve));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(patience);
  };

  #spawn(): void {
    const { program, database, port, log } = this.#place;
    const given = ['serve', '--host', this.host, '--port', String(port), '--db-path', database];
    // A group of its own: Ctrl-C in a terminal must reach the home only, which then ends the engine in order.
    const child = spawn(program, given, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2_000);
    });
    child.once(
      'exit',
      (code, signal) => void this.#startAgain(code ?? signal ?? 'unknown', complaint.trim()),
    );
    child.once('error', (error) => {
      log('ENGINE_FAILED', `The engine cannot be run: ${error.message}`);
      // What was never started does not exit either.
      if (child.pid === undefined) void this.#startAgain('not started', error.message);
    });
    this.#child = child;
    this.#ready = this.#untilReady(child);
    // Who asks is told; nobody may be asking.
    this.#ready.catch(() => undefined);
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    await untilAnswering(this.port, child);
    this.#pause = shortestPause;
  }

  async #startAgain(reason: string | number, complaint: string): Promise<void> {
    if (this.#stopping) return;
    const message = 'The engine ended by itself and is started again.';
    this.#place.log('ENGINE_DIED', message, { reason, complaint });
    const pause = this.#pause;
    this.#pause = Math.min(2 * pause, longestPause);
    await sleep(pause);
    if (!this.#stopping) this.#spawn();
  }
}

const hasEnded = ({ exitCode, signalCode, pid }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || pid === undefined;

/** The engine's program is inside a package for this platform only. */
const engineProgram = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`);
  } catch {
    throw new HomeFault(
      `The DynamoDB engine ${name} is not installed. Run npm ci, or set DYNAMODB_ENDPOINT to another engine.`,
      exitCodes.software,
    );
  }
};

/** A port that was free a moment ago; the engine cannot choose one itself. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('There is no free port.')),
      );
    });
  });

const patienceMilliseconds = 20_000;

const untilAnswering = async (port: number, child: ChildProcess): Promise<void> => {
  for (let waited = 0; waited < patienceMilliseconds; waited += 10) {
    if (hasEnded(child)) break;
    if (await answers(port)) return;
    await sleep(10);
  }
  throw new HomeFault(
    'The DynamoDB engine does not start; is its file damaged or unreadable?',
    exitCodes.data,
  );
};

/** Any answer will do, also that the question was not signed. */
const answers = async (port: number): Promise<boolean> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
};
