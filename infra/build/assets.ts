import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { compile, NodePackageImporter } from 'sass';
import type { Output } from './bundle.ts';

/** One asset as the pages find it in `assets/manifest.json`, by its plain name such as `site.css`. */
type ManifestEntry = { file: string; type: string; bytes: number; encodings: ('br' | 'gzip')[] };

type Compiled = { name: string; bytes: Buffer; inputs: string[] };

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const alreadySmall = new Set(['.png', '.woff2']);

/** Where the sources of the pages' assets lie, relative to the root. */
export const assetFolder = 'functions/web/assets';

/**
 * Makes the pages' assets: Sass to CSS, scripts minified, others as they are; each under a name that holds the hash
 * of its bytes, beside its brotli and gzip forms, since an HTTP API compresses nothing.
 * @returns files below `folder`, with a manifest from plain names to hashed ones
 */
export const buildAssets = async (
  root: string,
  folder: string,
): Promise<{ outputs: Output[]; inputs: string[] }> => {
  const compiled: Compiled[] = [];
  for (const name of sourceNames(root)) compiled.push(await compileAsset(root, name));

  const manifest: Record<string, ManifestEntry> = {};
  const outputs: Output[] = [];
  for (const { name, bytes } of compiled) {
    const { entry, files } = hashed(name, bytes);
    manifest[name] = entry;
    outputs.push(...files.map((file) => ({ path: `${folder}/${file.path}`, bytes: file.bytes })));
  }
  outputs.push({
    path: `${folder}/manifest.json`,
    bytes: Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`),
  });
  return { outputs, inputs: compiled.flatMap(({ inputs }) => inputs) };
};

/** Sources in a fixed order; names that begin with an underscore are parts of others. */
const sourceNames = (root: string): string[] => {
  const folder = join(root, assetFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^[_.]|\.d\.ts$|\.md$/.test(entry.name))
    .map((entry) => entry.name)
    .toSorted();
};

const compileAsset = async (root: string, name: string): Promise<Compiled> => {
  const path = join(root, assetFolder, name);
  switch (extname(name)) {
    case '.scss':
      return compileStyle(root, name);
    case '.js':
    case '.ts':
      return compileScript(root, name);
    case '.html':
      return compilePage(root, name);
    default:
      return { name, bytes: readFileSync(path), inputs: [relative(root, path)] };
  }
};

const compileStyle = (root: string, name: string): Compiled => {
  const { css, loadedUrls } = compile(join(root, assetFolder, name), {
    style: 'compressed',
    charset: false,
    loadPaths: [join(root, 'node_modules')],
    importers: [new NodePackageImporter(root)],
    quietDeps: true,
  });
  const inputs = loadedUrls
    .filter((url) => url.protocol === 'file:')
    .map((url) => relative(root, fileURLToPath(url)));
  return { name: name.replace(/\.scss$/, '.css'), bytes: Buffer.from(css), inputs };
};

/** A page that is kept as one file: its script, a part that lies beside it, becomes part of it. */
const compilePage = async (root: string, name: string): Promise<Compiled> => {
  const path = join(root, assetFolder, name);
  const page = readFileSync(path, 'utf8');
  const [tag = '', source = ''] = /<script src="(_[a-z-]+\.ts)"><\/script>/.exec(page) ?? [];
  if (tag === '') throw new Error(`${assetFolder}/${name} names no script.`);
  const script = await compileScript(root, source);
  const text = script.bytes.toString('utf8').replaceAll('</', String.raw`<\/`);
  const bytes = Buffer.from(page.replace(tag, () => `<script>${text}</script>`));
  return { name, bytes, inputs: [relative(root, path), ...script.inputs] };
};

const compileScript = async (root: string, name: string): Promise<Compiled> => {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [`${assetFolder}/${name}`],
    outdir: 'out',
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [script] = result.outputFiles;
  if (!script) throw new Error(`esbuild made nothing of ${name}`);
  return {
    name: name.replace(/\.ts$/, '.js'),
    bytes: Buffer.from(script.contents),
    inputs: Object.keys(result.metafile.inputs),
  };
};

const hashed = (name: string, bytes: Buffer): { entry: ManifestEntry; files: Output[] } => {
  const extension = extname(name);
  const type = types[extension];
  if (!type) throw new Error(`${assetFolder}/${name}: no content type is known for ${extension}`);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  const plain: Output = { path: file, bytes };
  if (alreadySmall.has(extension)) {
    return { entry: { file, type, bytes: bytes.length, encodings: [] }, files: [plain] };
  }
  return {
    entry: { file, type, bytes: bytes.length, encodings: ['br', 'gzip'] },
    files: [plain, { path: `${file}.br`, bytes: brotli(bytes) }, { path: `${file}.gz`, bytes: gzip(bytes) }],
  };
};

const brotli = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });

const gzip = (bytes: Buffer): Buffer => gzipSync(bytes, { level: 9 });
