import { existsSync, globSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { version as esbuildVersion } from 'esbuild';
import { info as sassInfo } from 'sass';
import { assetFolder, buildAssets } from './assets.ts';
import { type Bundles, bundle, bundleOptions, type Contents } from './bundle.ts';
import { repository, writeWhole } from './files.ts';
import { buildFonts } from './fonts.ts';
import { functionEntries, functionsWithAssets, functionsWithFonts } from './functions.ts';
import { hashFiles, hashOfBytes, isCurrent, readStamp, type Stamp } from './stamp.ts';
import { bundleSizes, sizeTable } from './table.ts';

/** What a build left behind. */
export type Built = {
  /** True when nothing had changed since the last build. */
  reused: boolean;
  /** Holds one folder per function with `index.mjs`, whose handler is `index.handler`. */
  functions: string;
  /** What each function's code is made of. */
  contents: Readonly<Record<string, Contents>>;
};

type Options = { root?: string; outdir?: string; entries?: Readonly<Record<string, string>> };

/**
 * Makes the bundles of all functions, which both homes run unchanged. Does nothing when no source, option or output
 * changed. Several builds at once are harmless: each file is written whole, and all write the same bytes.
 * @throws Error naming every entry file that is missing, or what esbuild or Sass found wrong
 */
export const buildFunctions = async (options: Options = {}): Promise<Built> => {
  const root = options.root ?? repository;
  const outdir = options.outdir ?? join(root, 'dist');
  const entries = options.entries ?? functionEntries;
  checkEntries(root, entries);

  const recipe = recipeOf(root, entries);
  const stampFile = join(outdir, 'stamp.json');
  const stamp = readStamp(stampFile);
  const functions = join(outdir, 'functions');
  if (stamp && isCurrent(stamp, recipe, root, outdir))
    return { reused: true, functions, contents: stamp.contents };

  const made = await make(root, entries);
  for (const output of made.outputs) writeWhole(join(outdir, output.path), output.bytes);
  removeOthers(outdir, new Set(made.outputs.map(({ path }) => path)));
  const next: Stamp = {
    recipe,
    inputs: hashFiles(root, made.inputs),
    outputs: Object.fromEntries(made.outputs.map(({ path, bytes }) => [path, hashOfBytes(bytes)])),
    contents: made.contents,
  };
  writeWhole(stampFile, Buffer.from(JSON.stringify(next)));
  return { reused: false, functions, contents: made.contents };
};

const checkEntries = (root: string, entries: Readonly<Record<string, string>>): void => {
  const missing = Object.entries(entries).filter(([, entry]) => !existsSync(join(root, entry)));
  if (missing.length === 0) return;
  const list = missing.map(([name, entry]) => `  ${name}: ${entry}`).join('\n');
  throw new Error(`These functions have no entry file:\n${list}\nThe list is infra/build/functions.ts.`);
};

/** Everything besides files that decides the bytes. New asset files count, since no input names them yet. */
const recipeOf = (root: string, entries: Readonly<Record<string, string>>): string => {
  const folder = join(root, assetFolder);
  const assets = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  const tools = { esbuildVersion, sassInfo, zlib: process.versions.zlib, brotli: process.versions['brotli'] };
  const program = hashFiles(repository, globSync('infra/build/*.ts', { cwd: repository }));
  return hashOfBytes(JSON.stringify({ bundleOptions, entries, assets, tools, program }));
};

const make = async (root: string, entries: Readonly<Record<string, string>>): Promise<Bundles> => {
  const bundles = await bundle(root, entries);
  const withAssets = Object.keys(entries).filter((name) => functionsWithAssets.has(name));
  for (const name of withAssets) {
    const assets = await buildAssets(root, `functions/${name}/assets`);
    bundles.outputs.push(...assets.outputs);
    bundles.inputs.push(...assets.inputs);
  }
  for (const name of Object.keys(entries).filter((one) => functionsWithFonts.has(one))) {
    const fonts = buildFonts(root, `functions/${name}/fonts`);
    bundles.outputs.push(...fonts.outputs);
    bundles.inputs.push(...fonts.inputs);
  }
  return bundles;
};

/** Removes what an earlier build made and this one did not, so that a bundle's bytes do not depend on history. */
const removeOthers = (outdir: string, kept: ReadonlySet<string>): void => {
  for (const folder of ['functions', 'maps']) {
    const top = join(outdir, folder);
    if (!existsSync(top)) continue;
    for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      const stale = entry.isFile() && !entry.name.endsWith('.tmp') && !kept.has(relative(outdir, file));
      if (stale) rmSync(file, { force: true });
    }
  }
};

const printBuild = async (): Promise<void> => {
  const built = await buildFunctions();
  process.stdout.write(sizeTable(bundleSizes(built.functions, built.contents)));
  process.stdout.write(built.reused ? 'Nothing had changed.\n' : `Built into ${built.functions}\n`);
};

if (import.meta.main) await printBuild();
