import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { manifestName } from '#infra/local/backup/layout.ts';
import { readManifest } from '#infra/local/backup/manifest.ts';
import { HomeFault } from '#infra/local/ports.ts';

/** Where backups lie, each in a folder of its own. */

/** Ends the name of a backup that is being written. */
export const unfinished = '.unfinished';

/** Where backups go when nobody says: beside the data folder. */
export const usualPlace = (dataFolder: string): string => join(dirname(resolve(dataFolder)), 'backups');

/** The one spelling of a path, also of one that is not there yet. */
export const realPath = (path: string): string => {
  const whole = resolve(path);
  return existsSync(whole) || whole === dirname(whole)
    ? realpathSync(whole)
    : join(realPath(dirname(whole)), basename(whole));
};

export type Found = {
  /** Whole backups of the data folder, the oldest first. */
  backups: { folder: string; takenAt: string }[];
  /** A sentence for each folder that may be one, but whose manifest cannot be read. */
  unreadable: string[];
};

/** Backups of one data folder in a place. One that is damaged hides no other. */
export const backupsIn = (place: string, folderId: string | undefined): Found => {
  const found: Found = { backups: [], unreadable: [] };
  for (const name of readdirSync(place)) {
    const folder = join(place, name);
    if (name.endsWith(unfinished) || !existsSync(join(folder, manifestName))) continue;
    try {
      const { folder: id, takenAt } = readManifest(folder);
      if (folderId !== undefined && id === folderId) found.backups.push({ folder, takenAt });
    } catch (error) {
      if (!(error instanceof HomeFault)) throw error;
      found.unreadable.push(error.message);
    }
  }
  found.backups.sort((a, b) => a.takenAt.localeCompare(b.takenAt));
  return found;
};

/** Removes what a backup that was cut left behind. */
export const removeUnfinished = (place: string): void => {
  for (const name of readdirSync(place)) {
    if (name.endsWith(unfinished)) rmSync(join(place, name), { recursive: true, force: true });
  }
};

/** Removes all but the newest. @returns those that are gone */
export const removeOld = (backups: readonly { folder: string }[], keep: number | undefined): string[] => {
  const old = keep === undefined ? [] : backups.slice(0, Math.max(0, backups.length - keep));
  for (const { folder } of old) {
    // Without its manifest it is no backup any more, also when this is cut.
    rmSync(join(folder, manifestName), { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
  return old.map(({ folder }) => folder);
};
