import { constants, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { copyFile, link, open, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

export type MirrorOptions = {
  /** Paths relative to the source that stay out, with everything in them. */
  skip: (path: string) => boolean;
  /** An older mirror of the same source: what has not changed since is linked to, not copied. */
  older?: string | undefined;
};

/**
 * Makes a folder hold what another one holds: copies what is new or another, removes what is gone, leaves the rest. A file
 * counts as the same by its size and time, so a second pass takes only as long as looking; every file of the home that a
 * mirror copies is written whole and replaced, never changed in place.
 *
 * Names are walked backwards: in a bucket that is uploads, objects, events; of letters waiting, then sent. What moves on
 * meanwhile is then found twice rather than not at all, and a home sorts out the former when it starts.
 * @returns how many files and bytes were copied or linked
 * @throws HomeFault when something is neither a file nor a folder: a copy without what a link leads to would look whole
 */
export const mirror = async (
  source: string,
  target: string,
  options: MirrorOptions,
): Promise<{ files: number; bytes: number }> => {
  const total = { files: 0, bytes: 0 };
  const pass = async (path: string): Promise<void> => {
    mkdirSync(join(target, path), { recursive: true, mode: 0o700 });
    const entries = readdirSync(join(source, path), { withFileTypes: true }).filter(
      ({ name }) => !options.skip(join(path, name)),
    );
    const here = new Set(entries.map(({ name }) => name));
    for (const name of readdirSync(join(target, path))) {
      if (!here.has(name) && !options.skip(join(path, name)))
        await rm(join(target, path, name), { recursive: true, force: true });
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
      const each = join(path, entry.name);
      if (entry.isDirectory()) {
        await pass(each);
        continue;
      }
      if (!entry.isFile()) throw elsewhere(join(source, each));
      const bytes = await refresh(source, target, { path: each, older: options.older });
      if (bytes === undefined) continue;
      total.files += 1;
      total.bytes += bytes;
    }
  };
  await pass('');
  return total;
};

const elsewhere = (path: string): HomeFault =>
  new HomeFault(
    `${path} is neither a file nor a folder. What a symbolic link leads to is not copied: put it into the folder, or mount it there.`,
    exitCodes.data,
  );

/** @returns the bytes that the copy has; undefined when nothing was done */
const refresh = async (
  source: string,
  target: string,
  { path, older }: { path: string; older: string | undefined },
): Promise<number | undefined> => {
  const from = join(source, path);
  const to = join(target, path);
  const found = traitsOf(from);
  // Gone since the folder was read; a later pass removes its copy.
  if (!found || isSame(found, traitsOf(to))) return undefined;
  // A new file, never into the old one: that may be shared with an older backup.
  await rm(to, { force: true });
  const before = older === undefined ? undefined : join(older, path);
  if (before !== undefined && isSame(found, traitsOf(before)) && (await linked(before, to)))
    return found.size;
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const copy = await open(to, 'r+');
  try {
    await copy.chmod(0o600);
    await copy.sync();
  } finally {
    await copy.close();
  }
  // Last: a copy that was cut has another time, and so is made again.
  await utimes(to, found.time, found.time);
  return found.size;
};

type Traits = { size: number; time: number };

/** The time in seconds since 1970. */
const traitsOf = (path: string): Traits | undefined => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found && { size: found.size, time: found.mtimeMs / 1000 };
};

/** Times survive a copy to the microsecond. */
const isSame = (one: Traits, other: Traits | undefined): boolean =>
  other !== undefined && one.size === other.size && Math.abs(one.time - other.time) < 2e-6;

/** False where the file system has no links, or the older mirror is on another one. */
const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch {
    return false;
  }
};
