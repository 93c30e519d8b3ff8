import { existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { snapshotOf } from '#infra/local/backup/databases.ts';
import { databases, isOfOneRun } from '#infra/local/backup/layout.ts';
import { faultsInside, writeManifest } from '#infra/local/backup/manifest.ts';
import { mirror } from '#infra/local/backup/mirror.ts';
import { backupsIn, realPath, removeOld, removeUnfinished, unfinished } from '#infra/local/backup/place.ts';
import { askHome } from '#infra/local/command.ts';
import { endEngines } from '#infra/local/engine/engine.ts';
import { syncFolder } from '#infra/local/files.ts';
import { type FolderFile, readFolderFile } from '#infra/local/folder-file.ts';
import { type HomeFile, readHomeFile } from '#infra/local/home-file.ts';
import { tryLock } from '#infra/local/lock.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

export type BackupOptions = {
  dataFolder: string;
  /** Holds the backups, each in a folder of its own. */
  into: string;
  /** How many of this data folder stay there; the oldest go once the new one is whole. */
  keep?: number | undefined;
  /** The machine's own time. */
  now: () => Date;
};

export type TakenBackup = {
  folder: string;
  files: number;
  bytes: number;
  /** How long calls waited; undefined when no home ran. */
  heldMilliseconds: number | undefined;
  removed: string[];
  faults: string[];
  /** Sentences about other backups in the same place that cannot be read. */
  unreadable: string[];
};

/**
 * Takes a backup of a data folder, whether a home runs on it or not, and verifies it byte by byte.
 * @throws HomeFault when there is no such folder, the place is inside it, something of it lies elsewhere, or the home does not
 * answer
 */
export const takeBackup = async (options: BackupOptions): Promise<TakenBackup> => {
  const dataFolder = existing(options.dataFolder);
  const into = realPath(options.into);
  if (`${into}${sep}`.startsWith(`${dataFolder}${sep}`)) {
    throw new HomeFault(`${into} is inside the data folder; a backup lies elsewhere.`, exitCodes.usage);
  }
  const of = readFolderFile(dataFolder);
  if (!of) throw new HomeFault(`${dataFolder} holds no data of a home.`, exitCodes.data);
  if (of.tables === 'elsewhere') {
    throw new HomeFault(
      `The tables of ${dataFolder} are in the engine of DYNAMODB_ENDPOINT: stop the home and back both up by other means.`,
      exitCodes.data,
    );
  }
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const release = tryLock(join(into, 'lock'));
  if (!release) throw new HomeFault(`Another backup is being written into ${into}.`, exitCodes.busy);
  try {
    return await writeBackup({ ...options, dataFolder, into }, of);
  } finally {
    release();
  }
};

const writeBackup = async (
  { dataFolder, into, now, keep }: BackupOptions,
  of: Pick<FolderFile, 'region' | 'rehearsal'> & { id?: string },
): Promise<TakenBackup> => {
  removeUnfinished(into);
  const takenAt = now().toISOString();
  const name = `${of.region}${of.rehearsal ? '-rehearsal' : ''}-${takenAt.replaceAll(':', '-')}`;
  const folder = join(into, name);
  const draft = `${folder}${unfinished}`;
  const { backups: before, unreadable } = backupsIn(into, of.id);
  mkdirSync(draft, { mode: 0o700 });
  try {
    await mirror(dataFolder, draft, { skip: isOfOneRun, older: before.at(-1)?.folder });
    const heldMilliseconds = await complete(dataFolder, draft);
    const stopped = heldMilliseconds === undefined;
    const { files } = await writeManifest(draft, { takenAt, stopped });
    const faults = await faultsInside(draft);
    renameSync(draft, folder);
    syncFolder(into);
    const removed = faults.length === 0 ? removeOld([...before, { folder }], keep) : [];
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return { folder, files: files.length, bytes, heldMilliseconds, removed, faults, unreadable };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
};

const existing = (dataFolder: string): string => {
  try {
    return realpathSync(dataFolder);
  } catch (error) {
    throw new HomeFault(`The data folder ${dataFolder} cannot be used: ${String(error)}`, exitCodes.data);
  }
};

/** How long a home that starts or stops just now is waited for. Tenths of a second. */
const patience = 100;

/**
 * Makes the mirror one moment of it all: by the home that runs, or here while none can.
 * @returns how long calls waited; undefined when no home ran
 */
const complete = async (dataFolder: string, draft: string): Promise<number | undefined> => {
  for (let tries = 0; tries < patience; tries += 1) {
    const release = tryLock(join(dataFolder, 'lock'));
    if (release) {
      try {
        await copyAtRest(dataFolder, draft);
        return undefined;
      } finally {
        release();
      }
    }
    const home = runningHome(dataFolder);
    if (home) return (await askHome(home, questionFor(draft))).heldMilliseconds;
    await sleep(100);
  }
  throw new HomeFault(`A home on ${dataFolder} neither starts nor stops.`, exitCodes.busy);
};

const copyAtRest = async (dataFolder: string, draft: string): Promise<void> => {
  const missing = Object.values(databases).find((name) => !existsSync(join(dataFolder, name)));
  if (missing !== undefined) {
    throw new HomeFault(
      `${dataFolder} has no ${missing}; a home that never came up has nothing to back up.`,
      exitCodes.data,
    );
  }
  await endEngines(dataFolder);
  await mirror(dataFolder, draft, { skip: isOfOneRun });
  for (const name of Object.values(databases)) {
    const snapshot = snapshotOf(join(dataFolder, name), 'at-rest');
    try {
      await snapshot.copyTo(join(draft, name));
    } finally {
      snapshot.close();
    }
  }
};

const runningHome = (dataFolder: string): HomeFile | undefined => {
  try {
    return readHomeFile(dataFolder);
  } catch (error) {
    if (error instanceof HomeFault) return undefined;
    throw error;
  }
};

const Answer = z.object({ heldMilliseconds: z.number() });

const questionFor = (folder: string) => ({
  path: '/backups',
  body: { folder },
  Answer,
  otherwise: 'The home took no backup',
});
