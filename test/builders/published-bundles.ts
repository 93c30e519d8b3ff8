import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/**
 * What was published while a format was new, made and signed by the code of that time: `madeBy` is its commit. The keys are gone, so
 * that nobody can make such a file anew.
 */
export type FrozenBundle = {
  /** The format, and what the file has of it. */
  name: string;
  madeBy: string;
  bundle: string;
  receipts: readonly string[];
  /** Bundles of the editions before, which are checked with it. */
  earlier: readonly string[];
};

const folder = new URL('../shared/bundle/published/', import.meta.url);

const read = (file: string): FrozenBundle => {
  const text = brotliDecompressSync(readFileSync(new URL(file, folder))).toString('utf8');
  const kept: Omit<FrozenBundle, 'name'> = JSON.parse(text);
  return { name: file.replace('.json.br', ''), ...kept };
};

export const frozenBundles: readonly FrozenBundle[] = readdirSync(fileURLToPath(folder)).toSorted().map(read);
