import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The size of each function's code in KB, plain and as a zip would hold it. */
export type BundleSize = { name: string; kilobytes: number; gzipKilobytes: number };

/** @param functions the folder that holds one folder per function */
export const bundleSizes = (functions: string): BundleSize[] =>
  readdirSync(functions)
    .toSorted()
    .map((name) => {
      const code = readFileSync(join(functions, name, 'index.js'));
      return { name, kilobytes: code.length / 1024, gzipKilobytes: gzipSync(code).length / 1024 };
    });

/** The sizes as lines of text. */
export const sizeTable = (functions: string): string =>
  [
    'function          KB   gzip KB',
    ...bundleSizes(functions).map(
      ({ name, kilobytes, gzipKilobytes }) =>
        `${name.padEnd(12)} ${kilobytes.toFixed(1).padStart(7)} ${gzipKilobytes.toFixed(1).padStart(9)}`,
    ),
    '',
  ].join('\n');
