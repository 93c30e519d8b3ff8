import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file so that after a crash there is the old one or the new one, whole; readable by its owner only. */
export const writeWhole = (path: string, text: string): void => {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    // Writes until all of it is written; a single write may take less.
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
};

/** Makes renames in a folder durable. */
export const syncFolder = (path: string): void => {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** Whether an error, or one that caused it, says that the disk is full. */
export const isDiskFull = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return true;
  return /ENOSPC|disk is full|no space left/i.test(error.message) || isDiskFull(error.cause);
};
