import { join } from 'node:path';
import { openAccessKeys } from '#infra/local/access-keys.ts';
import { checkAdmissions } from '#infra/local/admissions.ts';
import { createProblems } from '#infra/local/alarms/problems.ts';
import { ownAssembly } from '#infra/local/assembly-folder.ts';
import { openDataFolder } from '#infra/local/data-folder.ts';
import { encryptionOf } from '#infra/local/disk-encryption.ts';
import { type Engine, otherEngine, startEngine } from '#infra/local/engine/engine.ts';
import { isDiskFull } from '#infra/local/files.ts';
import type { HomeFile } from '#infra/local/home-file.ts';
import { host, type OnStop, type Ports } from '#infra/local/hosting.ts';
import { openLog } from '#infra/local/log.ts';
import { openLoopback } from '#infra/local/loopback.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import { exitCodes, HomeFault, type HomeLog } from '#infra/local/ports.ts';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { describe } from '#infra/local/template/description.ts';
import { checkTimeZones } from '#infra/local/time-zones.ts';

/** A running home. */
export type Home = HomeFile & {
  dataFolder: string;
  /** Resolves when nothing is under way any more. */
  idle: () => Promise<void>;
  /** Lets requests and functions come to their end and releases the folder. */
  stop: () => Promise<void>;
};

/**
 * Hosts the stacks of one region on this machine.
 * @param listen gets each line of the home's log as well
 * @throws HomeFault with an exit code when it cannot; everything that was opened is closed again
 */
export const startHome = async (options: HomeOptions, listen?: (line: string) => void): Promise<Home> => {
  const closers: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const opened = await open(options, listen, (close) => void closers.push(close));
    return { ...opened, stop };
  } catch (error) {
    await stop();
    if (!isDiskFull(error)) throw error;
    throw new HomeFault(`The disk of ${options.dataFolder} is full; nothing was changed.`, exitCodes.disk);
  }
};

const open = async (
  options: HomeOptions,
  listen: ((line: string) => void) | undefined,
  onStop: OnStop,
): Promise<Omit<Home, 'stop'>> => {
  checkTimeZones();
  const folder = openDataFolder(options.dataFolder, options);
  onStop(folder.close);
  const { log: write, close } = openLog(folder.path, listen);
  onStop(close);
  const problems = createProblems(Date.now);
  const log = problems.watching(write);
  if (!options.rehearsal && encryptionOf(folder.path) === 'plain') {
    log(
      'DISK_NOT_ENCRYPTED',
      'Personal data will lie on a disk that is not encrypted. Use an encrypted one.',
    );
  }
  const ports = await openPorts(options, onStop);
  const origin = options.publicOrigin ?? `http://localhost:${ports.pages.port}`;
  const assembly = options.assembly ?? (await ownAssembly(options.region, folder.path));
  const description = describe(readAssembly(assembly), origin);
  checkAdmissions(description);
  const keys = openAccessKeys(
    join(folder.path, 'keys.json'),
    description.functions.map(({ logicalId }) => logicalId),
  );
  const engine = await openEngine(options, folder.path, log);
  onStop(engine.stop);
  return host({
    options,
    dataFolder: folder.path,
    log,
    problems,
    ports,
    origin,
    description,
    keys,
    engine,
    onStop,
  });
};

const openPorts = async ({ port }: HomeOptions, onStop: OnStop): Promise<Ports> => {
  // SDK clients keep their connections; one that is closed under them would fail a call.
  const aws = await openLoopback({ port: 0, purpose: 'the AWS services', keepAlive: 3_600_000 });
  onStop(() => aws.close(0));
  const pages = await openLoopback({ port, purpose: 'the pages' });
  onStop(() => pages.close(0));
  const operator = await openLoopback({ port: port === 0 ? 0 : port + 1, purpose: 'the operator' });
  onStop(() => operator.close(0));
  return { pages, operator, aws };
};

const openEngine = ({ engineEndpoint }: HomeOptions, dataFolder: string, log: HomeLog): Promise<Engine> =>
  engineEndpoint === undefined ? startEngine(dataFolder, log) : Promise.resolve(otherEngine(engineEndpoint));
