import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Loader, type Plugin } from 'esbuild';
import { buildFunctions } from '#infra/build/build.ts';

/**
 * `npm run bench [-- SECTION …]`: every figure beside a peer or a limit from the same run. The sections are bundled
 * first, as the functions are, so that what is timed is the code that runs and not a test runner's view of it.
 */
const sections = [
  'start',
  'requests',
  'store',
  'engine',
  'pages',
  'home',
  'last-minutes',
  'allocation',
  'offers',
  'receipts',
  'analysis',
  'near-line',
  'assignment',
  'timetable',
  'cost',
  'checks',
  'past',
  'claims',
] as const;

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'dist', 'bench');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !sections.some((section) => section === name));
if (unknown.length > 0) {
  process.stderr.write(`No such section: ${unknown.join(', ')}. There are: ${sections.join(', ')}.\n`);
  process.exit(64);
}

/** Files are found from where the source lies, not from where its bundle does. */
const whereItLies: Plugin = {
  name: 'where-it-lies',
  setup: (builder) => {
    builder.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const loader: Loader = path.endsWith('x') ? 'tsx' : 'ts';
      const url = JSON.stringify(pathToFileURL(path).href);
      const folder = JSON.stringify(dirname(path));
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll('import.meta.url', url).replaceAll('import.meta.dirname', folder);
      return { contents, loader };
    });
  },
};

await buildFunctions();
mkdirSync(out, { recursive: true });
const chosen = sections.filter((section) => wanted.length === 0 || wanted.includes(section));
await build({
  entryPoints: [
    ...chosen.map((section) => join(import.meta.dirname, `${section}.ts`)),
    join(import.meta.dirname, 'harness.ts'),
    join(import.meta.dirname, 'allocation-alone.process.ts'),
  ],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  plugins: [whereItLies],
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'error',
});
for (const section of chosen) {
  const { run } = await import(pathToFileURL(join(out, `${section}.mjs`)).href);
  await run(root);
}
const { writeResults } = await import(pathToFileURL(join(out, 'harness.mjs')).href);
await writeResults(join(root, 'bench'));
process.exit(0);
