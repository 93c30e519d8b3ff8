import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Contents } from './bundle.ts';

/** How large a function's code is, in KB: what is read at its start, all of it, and all of it as a zip holds it. */
export type BundleSize = { name: string; startup: number; whole: number; gzip: number };

/** @param functions the folder that holds one folder per function */
export const bundleSizes = (functions: string, contents: Readonly<Record<string, Contents>>): BundleSize[] =>
  Object.entries(contents).map(([name, { startup }]) => {
    const folder = join(functions, name);
    const read = (file: string): Buffer => readFileSync(join(folder, file));
    const whole = readdirSync(folder)
      .filter((file) => file.endsWith('.mjs'))
      .map(read);
    return {
      name,
      startup: kilobytes(startup.map(read)),
      whole: kilobytes(whole),
      gzip: kilobytes(whole.map((file) => gzipSync(file))),
    };
  });

/** The sizes as lines of text. */
export const sizeTable = (sizes: readonly BundleSize[]): string =>
  [
    'function     start KB  whole KB   gzip KB',
    ...sizes.map(
      ({ name, startup, whole, gzip }) =>
        name.padEnd(12) + [startup, whole, gzip].map((size) => size.toFixed(1).padStart(9)).join(' '),
    ),
    '',
  ].join('\n');

const kilobytes = (files: readonly Uint8Array[]): number =>
  files.reduce((sum, file) => sum + file.length, 0) / 1024;
