import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { restoreMark, restoringName } from '#infra/local/backup/layout.ts';
import { isDiskFull, writeWhole } from '#infra/local/files.ts';
import { type FolderFile, folderFilePath, migrateFolder, newFolderFile } from '#infra/local/folder-file.ts';
import { homeFilePath, readHomeFile } from '#infra/local/home-file.ts';
import { tryLock } from '#infra/local/lock.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

type Purpose = Pick<HomeOptions, 'region' | 'rehearsal' | 'engineEndpoint'>;

/** A data folder that this home holds. */
export type DataFolder = { path: string; close: () => void };

/**
 * Takes a data folder, created where it is missing.
 * @throws HomeFault when another home runs on it, it belongs to another region, a rehearsal would mix with real
 * data, its tables are in another engine, or it cannot be read and written
 */
export const openDataFolder = (given: string, purpose: Purpose): DataFolder => {
  // One spelling, however it was reached: by it an engine is known that a killed home left behind.
  const path = guarded(resolve(given), () => {
    mkdirSync(given, { recursive: true, mode: 0o700 });
    return realpathSync(given);
  });
  const release = guarded(path, () => {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return tryLock(join(path, 'lock'));
  });
  if (!release) throw new HomeFault(occupied(path), exitCodes.busy);
  try {
    guarded(path, () => settlePurpose(path, purpose));
  } catch (error) {
    release();
    throw error;
  }
  const close = (): void => {
    rmSync(homeFilePath(path), { force: true });
    release();
  };
  return { path, close };
};

const occupied = (path: string): string => {
  try {
    const { pid, origin } = readHomeFile(path);
    return `A home already runs on ${path}: process ${pid} at ${origin}. Stop it, or give another folder with --data.`;
  } catch {
    return `A home is just starting or stopping on ${path}. Wait a moment, or give another folder with --data.`;
  }
};

const settlePurpose = (path: string, purpose: Purpose): void => {
  if (existsSync(restoreMark(path))) {
    throw new HomeFault(
      `A restore of ${path} was cut off. Run npm run restore again; what the folder held before is kept in it.`,
      exitCodes.data,
    );
  }
  // Of a restore that was cut before it changed anything.
  rmSync(join(path, restoringName), { recursive: true, force: true });
  const { region, rehearsal, engineEndpoint } = purpose;
  const tables = engineEndpoint === undefined ? 'here' : 'elsewhere';
  const before = migrateFolder(path);
  if (before) refuseOther(path, before, { region, rehearsal, tables });
  if (before?.tables !== undefined) return;
  writeWhole(
    folderFilePath(path),
    JSON.stringify(before ? { ...before, tables } : newFolderFile({ region, rehearsal, tables })),
  );
};

const refuseOther = (
  path: string,
  before: FolderFile,
  { region, rehearsal, tables }: Pick<FolderFile, 'region' | 'rehearsal' | 'tables'>,
): void => {
  const other = (reason: string): HomeFault => new HomeFault(`${path} ${reason}`, exitCodes.data);
  if (before.region !== region) {
    throw other(`holds the data of ${before.region}, not of ${region}. Give another folder with --data.`);
  }
  if (before.rehearsal !== rehearsal) {
    throw other(
      before.rehearsal
        ? 'holds a rehearsal: its time was moved, so it can never hold real data. Add --rehearsal, or give another folder with --data.'
        : 'holds real data, which a rehearsal must not touch. Leave --rehearsal out, or give another folder with --data.',
    );
  }
  if ((before.tables ?? tables) !== tables) {
    throw other(
      before.tables === 'here'
        ? 'holds its tables itself; another engine has none of them. Unset DYNAMODB_ENDPOINT, or give another folder with --data.'
        : 'has its tables in another engine. Set DYNAMODB_ENDPOINT to it, or give another folder with --data.',
    );
  }
};

/** Turns what the file system says into one sentence and an exit code. */
const guarded = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof HomeFault) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw isDiskFull(error)
      ? new HomeFault(`The disk of ${path} is full; nothing was changed.`, exitCodes.disk)
      : new HomeFault(`The data folder ${path} cannot be used: ${reason}`, exitCodes.data);
  }
};
