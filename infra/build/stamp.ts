import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Bytes = z.record(z.string(), z.number());
const Hashes = z.record(z.string(), z.string());

/** What the last build read and wrote, by hash of the bytes, and what it said about its functions. */
export const Stamp = z.object({
  /** Of everything that is not a file: options, tool versions, the list of entries. */
  recipe: z.string(),
  inputs: Hashes,
  outputs: Hashes,
  contents: z.record(
    z.string(),
    z.object({ sources: Bytes, startupSources: Bytes, startup: z.array(z.string()) }),
  ),
});
export type Stamp = z.infer<typeof Stamp>;

export const hashOfBytes = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Hash of each file, `absent` for one that is not there. */
export const hashFiles = (root: string, paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...new Set(paths)].toSorted().map((path) => {
      const file = join(root, path);
      return [path, existsSync(file) ? hashOfBytes(readFileSync(file)) : 'absent'];
    }),
  );

export const readStamp = (file: string): Stamp | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return Stamp.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A stamp that cannot be read only costs a build.
    return undefined;
  }
};

/** True when a build now would read and write exactly what the stamp says. */
export const isCurrent = (stamp: Stamp, recipe: string, root: string, outdir: string): boolean =>
  stamp.recipe === recipe &&
  equal(stamp.inputs, hashFiles(root, Object.keys(stamp.inputs))) &&
  equal(stamp.outputs, hashFiles(outdir, Object.keys(stamp.outputs)));

const equal = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.entries(a).every(([path, hash]) => b[path] === hash);
