import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { learnErasures } from '#infra/local/backup/erasures.ts';
import {
  isOfDatabase,
  isOfOneRun,
  manifestName,
  replacedPrefix,
  restoreMark,
  restoringName,
} from '#infra/local/backup/layout.ts';
import { heldIn, holdLetters, knowsLetters, learnMarks } from '#infra/local/backup/letters.ts';
import { faultsOf, type Manifest, readManifest } from '#infra/local/backup/manifest.ts';
import { mirror } from '#infra/local/backup/mirror.ts';
import { backupsIn } from '#infra/local/backup/place.ts';
import { endEngines } from '#infra/local/engine/engine.ts';
import { syncFolder, writeWhole } from '#infra/local/files.ts';
import { readFolderFile } from '#infra/local/folder-file.ts';
import { tryLock } from '#infra/local/lock.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

export type RestoreOptions = {
  backup: string;
  dataFolder: string;
  /** The home was stopped for this backup and has not run since: its letters go on. */
  moved: boolean;
  /** The machine's own time. */
  now: () => Date;
};

export type Restored = {
  takenAt: string;
  files: number;
  bytes: number;
  /** Where the folder's former content is; undefined where there was none. */
  replaced: string | undefined;
  /** How many letters were found to have left since, and how many are held; undefined while none is, nor will be. */
  letters: { learnt: number; held: number | undefined };
  /** How many people and applications were erased since, and are erased once more when the home runs. */
  erased: number;
  /** Sentences about backups beside the restored one that cannot be read: what they know of letters is not known. */
  unreadable: string[];
};

/**
 * Makes a data folder what a backup says. Everything is copied and verified before anything of the folder is touched; what the
 * folder held is kept inside it. A restore that was cut is begun again.
 *
 * No letter that was sent leaves again: which were, the folder knows. Where it is lost, or still holds letters of a restore
 * before, newer backups beside this one tell what they know, and all that is left is held for the operator to look at.
 *
 * Nobody who was erased comes back: the folder and the newer backups say who was, and the sweep erases them once more.
 * @throws HomeFault when a home runs on the folder, it holds other data, or the backup is not whole
 */
export const restoreBackup = async (options: RestoreOptions): Promise<Restored> => {
  const backup = resolve(options.backup);
  const manifest = readManifest(backup);
  if (options.moved && !manifest.stopped) {
    throw new HomeFault(
      'The home ran while this backup was taken and went on afterwards. Stop it, take another one, and restore that with --moved.',
      exitCodes.usage,
    );
  }
  await refuseDamaged(backup, manifest);
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const folder = realpathSync(options.dataFolder);
  const release = tryLock(join(folder, 'lock'));
  if (!release) {
    throw new HomeFault(`A home runs on ${folder}. Stop it, then restore.`, exitCodes.busy);
  }
  try {
    refuseOther(folder, manifest);
    await endEngines(folder);
    return await replace({ ...options, backup, folder, manifest });
  } finally {
    release();
  }
};

const refuseDamaged = async (folder: string, manifest: Manifest): Promise<void> => {
  const faults = await faultsOf(folder, manifest);
  if (faults.length === 0) return;
  throw new HomeFault(`${folder} is damaged:\n${faults.slice(0, 20).join('\n')}`, exitCodes.data);
};

const refuseOther = (folder: string, { folder: id, region, rehearsal }: Manifest): void => {
  const found = readFolderFile(folder);
  if (!found) return;
  const isSame = found.region === region && found.rehearsal === rehearsal && (id ?? found.id) === found.id;
  if (isSame) return;
  throw new HomeFault(
    `${folder} holds other data than the backup: ${found.region}${found.rehearsal ? ', a rehearsal' : ''}, folder ${found.id ?? 'without a name'}. Restore into an empty folder.`,
    exitCodes.data,
  );
};

type Work = RestoreOptions & { folder: string; manifest: Manifest };

const replace = async (work: Work): Promise<Restored> => {
  const { folder, manifest, now } = work;
  const fresh = join(folder, restoringName);
  rmSync(fresh, { recursive: true, force: true });
  try {
    const gathered = await gather(work, fresh);
    return { takenAt: manifest.takenAt, ...gathered, replaced: swap(folder, fresh, now()) };
  } catch (error) {
    // Until the mark is set nothing of the folder has moved; a full disk needs the room.
    if (!existsSync(restoreMark(folder))) rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
};

/** Copies and verifies the backup, and adds what is known of its letters. */
const gather = async (
  { backup, folder, manifest, moved }: Work,
  fresh: string,
): Promise<Pick<Restored, 'files' | 'bytes' | 'letters' | 'erased' | 'unreadable'>> => {
  const held = former(folder);
  const others = held.map((each) => join(each, 'letters'));
  const { files, bytes } = await mirror(backup, fresh, { skip: (path) => path === manifestName });
  await refuseDamaged(fresh, manifest);
  const letters = join(fresh, 'letters');
  const { backups, unreadable } = backupsIn(dirname(backup), manifest.folder);
  const newer = backups.filter(({ takenAt }) => takenAt > manifest.takenAt).map((each) => each.folder);
  const learnt = learnMarks(letters, [...others, ...newer.map((each) => join(each, 'letters'))]);
  const storages = [...held, ...newer].map((each) => join(each, 'buckets'));
  const erased = await learnErasures(join(fresh, 'buckets'), storages);
  // A newer backup knows some, never those of the time after it.
  if (!others.some(knowsLetters) && !moved && !manifest.rehearsal) holdLetters(letters);
  return { files, bytes, letters: { learnt, held: heldIn(letters) }, erased, unreadable };
};

/** Where letters of this home may lie besides the backup: the folder itself, and what earlier restores took its place. */
const former = (folder: string): string[] => [
  folder,
  ...readdirSync(folder)
    .filter((name) => name.startsWith(replacedPrefix))
    .map((name) => join(folder, name)),
];

/** From the mark on, only another restore can go on; every step leaves each file in one of the three places. */
const swap = (folder: string, fresh: string, now: Date): string | undefined => {
  const replaced = join(folder, `${replacedPrefix}${now.toISOString().replaceAll(':', '-')}`);
  const old = readdirSync(folder).filter((name) => !isOfOneRun(name) || isOfDatabase(name));
  mkdirSync(replaced, { mode: 0o700 });
  writeWhole(restoreMark(folder), JSON.stringify({ at: now.toISOString() }));
  for (const name of old) renameSync(join(folder, name), join(replaced, name));
  syncFolder(replaced);
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(folder, name));
  syncFolder(folder);
  rmSync(fresh, { recursive: true, force: true });
  rmSync(restoreMark(folder), { force: true });
  syncFolder(folder);
  if (old.length > 0) return replaced;
  rmSync(replaced, { recursive: true });
  return undefined;
};
