import { createHash, hash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { faultsOfDatabase } from '#infra/local/backup/databases.ts';
import { databases, manifestName } from '#infra/local/backup/layout.ts';
import { writeWhole } from '#infra/local/files.ts';
import { readFolderFile } from '#infra/local/folder-file.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { fileNameOf, readFacts } from '#infra/local/s3/object-file.ts';

/** What a backup is, written last: a folder without it is none. */
const Manifest = z.object({
  format: z.literal(1),
  /** ISO 8601, of the machine's own clock. */
  takenAt: z.string(),
  /** Of the data folder; absent for one that no newer home than version 1 has run on. */
  folder: z.uuid().optional(),
  region: z.string(),
  rehearsal: z.boolean(),
  /** Whether no home ran on the folder. */
  stopped: z.boolean(),
  files: z.array(z.object({ path: z.string(), size: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** @throws HomeFault when the folder holds no backup, or one that this program cannot read */
export const readManifest = (backup: string): Manifest => {
  try {
    return Manifest.parse(JSON.parse(readFileSync(join(backup, manifestName), 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new HomeFault(
      `${backup} holds no backup: its ${manifestName} cannot be read: ${reason}`,
      exitCodes.data,
    );
  }
};

/** Reads every byte of a mirror back and writes the manifest. */
export const writeManifest = async (
  backup: string,
  facts: Pick<Manifest, 'takenAt' | 'stopped'>,
): Promise<Manifest> => {
  const of = readFolderFile(backup);
  if (!of) throw new HomeFault(`${backup} has no folder.json.`, exitCodes.data);
  const files: Manifest['files'] = [];
  for (const path of filesIn(backup)) {
    files.push({
      path,
      size: lstatSync(join(backup, path)).size,
      sha256: await digestOf(join(backup, path)),
    });
  }
  const { id: folder, region, rehearsal } = of;
  const manifest = Manifest.parse({ format: 1, ...facts, folder, region, rehearsal, files });
  writeWhole(join(backup, manifestName), JSON.stringify(manifest));
  return manifest;
};

/**
 * What is wrong with a backup: files that are missing, changed or too many, databases that SQLite finds damaged, documents that
 * are not what was uploaded.
 */
export const faultsOf = async (backup: string, { files }: Pick<Manifest, 'files'>): Promise<string[]> => {
  const faults: string[] = [];
  const known = new Set(files.map(({ path }) => path));
  for (const { path, size, sha256 } of files) {
    const found = lstatSync(join(backup, path), { throwIfNoEntry: false });
    if (!found) faults.push(`${path} is missing.`);
    else if (found.size !== size || (await digestOf(join(backup, path))) !== sha256)
      faults.push(`${path} is not what was written.`);
  }
  for (const path of filesIn(backup)) {
    if (!known.has(path) && path !== manifestName) faults.push(`${path} does not belong to it.`);
  }
  return [...faults, ...(await faultsInside(backup))];
};

/** What is wrong with the data itself, wherever it lies. */
export const faultsInside = async (folder: string): Promise<string[]> => {
  const faults: string[] = [];
  for (const name of Object.values(databases)) {
    const found = existsSync(join(folder, name)) ? faultsOfDatabase(join(folder, name)) : ['it is missing'];
    for (const fault of found) faults.push(`${name}: ${fault}`);
  }
  for (const path of filesIn(folder)) {
    if (!/^buckets\/[^/]+\/objects\//.test(path)) continue;
    const fault = await faultOfObject(join(folder, path));
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
  }
  return faults;
};

const faultOfObject = async (path: string): Promise<string | undefined> => {
  const file = await open(path, 'r');
  try {
    const { key, size, md5: written } = await readFacts(file);
    if (fileNameOf(key) !== basename(path)) return 'it lies under another document’s name.';
    if (written === undefined) return undefined;
    const md5 = createHash('md5');
    if (size > 0) {
      const bytes = createReadStream(path, { end: size - 1 });
      for await (const chunk of bytes) md5.update(chunk);
    }
    return md5.digest('hex') === written ? undefined : 'its bytes are not those that were uploaded.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await file.close();
  }
};

/** Relative paths of all files in a folder, in order. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
    .toSorted();

/** Small files at once: most letters are, and a stream costs more than they do. */
const small = 1024 * 1024;

const digestOf = async (path: string): Promise<string> => {
  if (lstatSync(path).size <= small) return hash('sha256', readFileSync(path), 'hex');
  const sha256 = createHash('sha256');
  for await (const chunk of createReadStream(path)) sha256.update(chunk);
  return sha256.digest('hex');
};
