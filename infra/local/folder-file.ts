import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { databases } from '#infra/local/backup/layout.ts';
import { writeWhole } from '#infra/local/files.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** What a data folder is for ever: which one, whose, whether its time was real, and where its tables are. */
export const FolderFile = z.object({
  version: z.int(),
  /** The same in every backup of it. */
  id: z.uuid(),
  region: z.string(),
  rehearsal: z.boolean(),
  /** In the folder, or in the engine of DYNAMODB_ENDPOINT; undefined until the first start that knows. */
  tables: z.enum(['here', 'elsewhere']).optional(),
});
export type FolderFile = z.infer<typeof FolderFile>;

/** One step to the next version of the folder's shape. A kill may come between it and its mark: it bears being run twice. */
export type Migration = (folder: string, description: Description) => Description;
type Description = Readonly<Record<string, unknown>>;

/**
 * From version 1 on, in order. The engine's tables follow the template by themselves (`engine/tables.ts`), executions.sqlite
 * counts its own versions (`step-functions/schema.ts`), and events are read in every older form; what else a new program wants
 * of an old folder goes here.
 */
const folderMigrations: readonly Migration[] = [
  // 1 → 2: a folder can be told from another one of the same region, also in a backup.
  (_folder, description) => ({ id: randomUUID(), ...description }),
  // 2 → 3: it is known where its tables are. One without them here is told by its next start.
  (folder, description) =>
    existsSync(join(folder, databases.records)) ? { tables: 'here', ...description } : description,
];

export const folderFilePath = (folder: string): string => join(folder, 'folder.json');

/** What `folder.json` says, in whatever version; undefined where there is none. */
const readDescription = (folder: string): Description | undefined => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(folderFilePath(folder), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Brings a folder to the version of this program, one step after the other, each marked on disk before the next begins.
 * @returns what the folder is; undefined where it is new
 * @throws HomeFault when a newer program wrote it; nothing is touched then
 */
export const migrateFolder = (
  folder: string,
  migrations: readonly Migration[] = folderMigrations,
): FolderFile | undefined => {
  let description = readDescription(folder);
  if (!description) return undefined;
  const newest = migrations.length + 1;
  for (let version = versionOf(description); version < newest; version += 1) {
    const step = migrations[version - 1];
    description = { ...step?.(folder, description), version: version + 1 };
    writeWhole(folderFilePath(folder), JSON.stringify(description));
  }
  refuseNewer(folder, versionOf(description), newest);
  return FolderFile.parse(description);
};

/** What a folder or a backup is, without changing it. @throws HomeFault when a newer program wrote it */
export const readFolderFile = (folder: string): (Omit<FolderFile, 'id'> & { id?: string }) | undefined => {
  const description = readDescription(folder);
  if (!description) return undefined;
  refuseNewer(folder, versionOf(description), folderMigrations.length + 1);
  const { id, ...rest } = FolderFile.partial({ id: true }).parse(description);
  return { ...rest, ...(id !== undefined && { id }) };
};

export const newFolderFile = (purpose: Pick<FolderFile, 'region' | 'rehearsal' | 'tables'>): FolderFile => ({
  version: folderMigrations.length + 1,
  id: randomUUID(),
  ...purpose,
});

const versionOf = ({ version }: Description): number => z.int().min(1).parse(version);

const refuseNewer = (folder: string, version: number, newest: number): void => {
  if (version <= newest) return;
  throw new HomeFault(
    `${folder} was written by a newer version of this program (${version}; this one knows ${newest}). Run that version, or restore a backup from before the upgrade.`,
    exitCodes.data,
  );
};
