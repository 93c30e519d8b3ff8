import { relative } from 'node:path';
import { build } from 'esbuild';

/** A file to be written: its path below the output folder, and its bytes. */
export type Output = { path: string; bytes: Uint8Array };

/** What one function's code is made of: path of each source to the bytes it contributes. */
export type Contents = Record<string, number>;

export type Bundles = { outputs: Output[]; inputs: string[]; contents: Record<string, Contents> };

/** Part of the stamp: a change of these options makes every bundle new. */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // CommonJS: ES modules that use node:http start slower, see DECISIONS.md.
  format: 'cjs',
  minify: true,
  keepNames: false,
  // Modules first: takes the DynamoDB client from 513 to 324 KB.
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

/**
 * Bundles all functions in one pass. Equal sources give equal bytes. Source maps are kept beside the bundles, not in
 * them: they are for reading a stack trace, not for deploying.
 * @param entries bundle name to source file, relative to the root
 */
export const bundle = async (root: string, entries: Readonly<Record<string, string>>): Promise<Bundles> => {
  const result = await build({
    ...bundleOptions,
    mainFields: [...bundleOptions.mainFields],
    absWorkingDir: root,
    outdir: 'out',
    entryPoints: Object.entries(entries).map(([name, entry]) => ({ in: entry, out: `${name}/index` })),
  });

  const outputs = result.outputFiles.map((file): Output => {
    const path = relative(`${root}/out`, file.path);
    return { path: path.endsWith('.map') ? `maps/${path}` : `functions/${path}`, bytes: file.contents };
  });
  const contents = Object.fromEntries(
    Object.keys(entries).map((name): [string, Contents] => {
      const inputs = result.metafile.outputs[`out/${name}/index.js`]?.inputs ?? {};
      return [
        name,
        Object.fromEntries(Object.entries(inputs).map(([path, input]) => [path, input.bytesInOutput])),
      ];
    }),
  );
  return {
    outputs: [...outputs, ...Object.keys(entries).map(moduleKind)],
    inputs: Object.keys(result.metafile.inputs),
    contents,
  };
};

/** Says that index.js is CommonJS wherever the folder lies; our own package.json says otherwise of its folder. */
const moduleKind = (name: string): Output => ({
  path: `functions/${name}/package.json`,
  bytes: Buffer.from('{"type":"commonjs"}\n'),
});
