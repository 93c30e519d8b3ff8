import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { aSite, begin } from '#test/functions/web/site.ts';
import { constant, figureOf, heading, record } from './harness.ts';

/** What a page weighs on the line, everything that it needs included, and how long it takes to make. */
export const run = async (root: string): Promise<void> => {
  heading('Pages');
  const site = aSite();
  const roundId = await site.openCall();
  const applicant = site.applicant();
  const application = await begin(applicant, roundId);
  const assets = assetBytes(join(root, 'dist', 'functions', 'web', 'assets'));
  const views = [
    ['start page', '/kk/'],
    ['call', `/kk/calls/${roundId}`],
  ] as const;
  for (const [what, path] of views) {
    const html = Buffer.from(await (await site.app.request(path)).arrayBuffer());
    weigh(`first view of the ${what}, with style sheet and script`, brotliCompressSync(html).length + assets);
  }
  const form = `${application}/sections/identity`;
  const { text } = await applicant.get(form);
  weigh('first view of a form page, with style sheet and script', brotliCompressSync(text).length + assets);
  const samples: number[] = [];
  for (let turn = 0; turn < 400; turn += 1) {
    const start = performance.now();
    await applicant.get(form);
    if (turn >= 100) samples.push((performance.now() - start) * 1000);
  }
  record({
    section: '8 pages',
    what: `a form page of ${(text.length / 1024).toFixed(1)} KB: session, reads from memory, rendering`,
    unit: 'µs',
    ours: figureOf(samples),
    against: { what: 'the limit for rendering alone', figure: constant(150) },
    goal: 'rendering at most 150 µs',
  });
};

/** A GOV.UK question page weighs about 92 KB compressed; 14 KB is what a slow line brings in its first round trips. */
const weigh = (what: string, bytes: number): void =>
  record({
    section: '8 pages',
    what,
    unit: 'KB',
    ours: constant(bytes / 1024),
    against: { what: 'the limit (a GOV.UK question page: about 92)', figure: constant(14) },
    goal: 'ratio at most 1',
  });

/** What the first page asks for: the style sheet and the script that every page has, as they are sent. */
const assetBytes = (folder: string): number =>
  readdirSync(folder)
    .filter((file) => /^(site|enhance)\..*\.br$/.test(file))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) || fallback(folder);

const fallback = (folder: string): number =>
  readdirSync(folder)
    .filter((file) => /^(site|enhance)\.[^.]+\.(css|js)$/.test(file))
    .reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, file))).length, 0);
