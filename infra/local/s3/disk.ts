/** Writing that survives a pulled plug: a temporary file, fsync, rename, fsync of the folder. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Declared, type Digests, hashing } from './digests.ts';

/** How temporary files are opened; a test gives one on a disk that is full. */
export type OpenTemporary = (path: string) => Promise<FileHandle>;

/** Only the account of the home reads documents: the files hold personal data. */
export const openPrivate: OpenTemporary = (path) => open(path, 'wx+', 0o600);

export const makeFolder = (path: string): Promise<unknown> => mkdir(path, { recursive: true, mode: 0o700 });

/** Makes renames and removals in a folder durable. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** Bytes on their way to becoming a file. Discarding one that was published does nothing. */
export type Draft = {
  write: (chunk: Buffer) => Promise<void>;
  size: () => number;
  /** Digests of everything written so far; once. */
  digests: () => Digests;
  /** Appends what follows the bytes and makes the file durable; `publish` then makes it appear under its name. */
  seal: (tail: Buffer) => Promise<void>;
  publish: (folder: string, name: string) => Promise<void>;
  discard: () => Promise<void>;
};

export const startDraft = async (
  folder: string,
  declared: Declared,
  openTemporary: OpenTemporary,
): Promise<Draft> => {
  const path = join(folder, randomUUID());
  const file = await openTemporary(path);
  const hashes = hashing(declared);
  let size = 0;
  let state: 'open' | 'sealed' | 'done' = 'open';
  return {
    write: async (chunk) => {
      hashes.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    },
    size: () => size,
    digests: hashes.done,
    seal: async (tail) => {
      await file.writeFile(tail);
      await file.sync();
      await file.close();
      state = 'sealed';
    },
    publish: async (target, name) => {
      await rename(path, join(target, name));
      state = 'done';
      await syncFolder(target);
    },
    discard: async () => {
      if (state === 'done') return;
      if (state === 'open') await file.close().catch(() => undefined);
      state = 'done';
      await rm(path, { force: true });
    },
  };
};

/** Writes a small file whole or not at all. */
export const writeDurably = async (options: {
  temporary: string;
  folder: string;
  name: string;
  content: string | Buffer;
  openTemporary: OpenTemporary;
}): Promise<void> => {
  const draft = await startDraft(options.temporary, { checksums: {}, wanted: [] }, options.openTemporary);
  try {
    const { content } = options;
    await draft.seal(typeof content === 'string' ? Buffer.from(content) : content);
    await draft.publish(options.folder, options.name);
  } finally {
    await draft.discard();
  }
};

/** Removes what a stopped home left half-written. Answers how many files that were. */
export const clearFolder = async (folder: string): Promise<number> => {
  const names = await readdir(folder);
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  return names.length;
};

/** Runs work one after the other for the same name, and side by side for different ones. */
export const keyedLock = (): (<T>(name: string, work: () => Promise<T>) => Promise<T>) => {
  const tails = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = tails.get(name);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    tails.set(name, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(name) === mine) tails.delete(name);
    }
  };
};
