import { join } from 'node:path';

/** What a backup holds: the data folder's own layout, as one moment saw it, and a manifest beside it. */

export const manifestName = 'manifest.json';

/** Databases are copied as such, in their own way; their journals are inside the copies. */
export const databases = { records: 'records.sqlite', executions: 'executions.sqlite' } as const;

/** Where a restore puts what the folder held before. */
export const replacedPrefix = 'replaced-';
/** Where a restore gathers what the folder will hold. */
export const restoringName = 'restoring';

/** There from the moment on when a restore begins to change the folder until it has ended. */
export const restoreMark = (folder: string): string => join(folder, 'restore.json');

/**
 * What belongs to one run of a home and not to its data: locks, logs, where it is reached, stacks (made anew at each
 * start), and what is half-written.
 */
export const isOfOneRun = (path: string): boolean => {
  const [top = ''] = path.split('/');
  return (
    ['home.json', 'home.log', 'home.log.1', 'functions.log', 'functions.log.1', 'restore.json'].includes(
      top,
    ) ||
    [...Object.values(databases), 'lock', 'stacks', replacedPrefix, restoringName, manifestName].some(
      (name) => top.startsWith(name),
    ) ||
    path.endsWith('/incoming') ||
    path.endsWith('.new')
  );
};

/** A database or one of its journals. */
export const isOfDatabase = (name: string): boolean =>
  Object.values(databases).some((database) => name.startsWith(database));
