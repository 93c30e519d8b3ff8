import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is no part of the project: brought, built or lived in. Dot-folders other than these two are tools'. */
const strangers = new Set(['node_modules', 'dist', 'cdk.out', 'coverage', 'bench']);
const ours = new Set(['.ci', '.githooks']);

const isOurs = (name: string): boolean => (name.startsWith('.') ? ours.has(name) : !strangers.has(name));

/** Paths of the project's files from its root, in order. */
export const filesOf = (folder = ''): string[] =>
  readdirSync(root + folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || folder !== '' || isOurs(entry.name))
    .flatMap((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? filesOf(`${path}/`) : [path];
    })
    .toSorted();

export const textOf = (path: string): string => readFileSync(root + path, 'utf8');
