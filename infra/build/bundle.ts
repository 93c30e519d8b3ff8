import { relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { functionsWithRequire } from './functions.ts';

/** A file to be written: its path below the output folder, and its bytes. */
export type Output = { path: string; bytes: Uint8Array };

/** What one function's code is made of. */
export type Contents = {
  /** Path of each source to the bytes that it contributes, to any file. */
  sources: Record<string, number>;
  /** The same of the files that are read when the function starts. */
  startupSources: Record<string, number>;
  /** The files that are read when the function starts; the others are loaded when they are first used. */
  startup: string[];
};

export type Bundles = { outputs: Output[]; inputs: string[]; contents: Record<string, Contents> };

/** Part of the stamp: a change of these options makes every bundle new. */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // ES modules in chunks: what a command loads when it needs it (S3, mail, passkeys) costs nothing at the start. One
  // CommonJS file of the same sources starts in about 1.7 times the time, see DECISIONS.md.
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  minify: true,
  // Modules first: takes the DynamoDB client from 513 to 324 KB, and leaves no require() that would need a shim.
  mainFields: ['module', 'main'],
  sourcemap: 'external',
  sourcesContent: false,
  legalComments: 'none',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const;

/** Long names, which the minifier gives to nothing else. */
const requireBanner = [
  'import { createRequire as createRequireOfBundle } from "node:module";',
  'const require = createRequireOfBundle(import.meta.url), __dirname = import.meta.dirname;',
].join('\n');

/**
 * Bundles all functions, each for itself: a function's folder is everything that it is deployed with. Equal sources
 * give equal bytes. Source maps are kept beside the bundles, not in them: they are for reading a stack trace.
 * @param entries bundle name to source file, relative to the root
 */
export const bundle = async (root: string, entries: Readonly<Record<string, string>>): Promise<Bundles> => {
  const made: Bundles[] = [];
  // One after the other: esbuild uses every core for each, and all at once would hold gigabytes.
  for (const [name, entry] of Object.entries(entries)) made.push(await bundleOne(root, name, entry));
  return {
    outputs: made.flatMap(({ outputs }) => outputs),
    inputs: made.flatMap(({ inputs }) => inputs),
    contents: Object.assign({}, ...made.map(({ contents }) => contents)),
  };
};

const bundleOne = async (root: string, name: string, entry: string): Promise<Bundles> => {
  const result = await build({
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    ...(functionsWithRequire.has(name) && { banner: { js: requireBanner } }),
    absWorkingDir: root,
    outdir: 'out',
    entryPoints: [{ in: entry, out: 'index' }],
  });
  const outputs = result.outputFiles.map((file): Output => {
    const path = relative(`${root}/out`, file.path);
    return { path: `${path.endsWith('.map') ? 'maps' : 'functions'}/${name}/${path}`, bytes: file.contents };
  });
  const made = result.metafile.outputs;
  const startup = startupOf(made);
  return {
    outputs,
    inputs: Object.keys(result.metafile.inputs),
    contents: {
      [name]: {
        sources: sourcesOf(made, Object.keys(made)),
        startupSources: sourcesOf(made, startup),
        startup: startup.map((path) => relative('out', path)),
      },
    },
  };
};

const sourcesOf = (outputs: Metafile['outputs'], files: readonly string[]): Record<string, number> => {
  const sources: Record<string, number> = {};
  for (const file of files) {
    for (const [path, { bytesInOutput }] of Object.entries(outputs[file]?.inputs ?? {})) {
      sources[path] = (sources[path] ?? 0) + bytesInOutput;
    }
  }
  return sources;
};

/** The entry and what it imports without asking for it later. */
const startupOf = (outputs: Metafile['outputs']): string[] => {
  const reached = new Set<string>();
  const open = ['out/index.mjs'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const imports = outputs[path]?.imports ?? [];
    open.push(...imports.filter(({ kind }) => kind === 'import-statement').map((one) => one.path));
  }
  return [...reached].filter((path) => outputs[path]).toSorted();
};
