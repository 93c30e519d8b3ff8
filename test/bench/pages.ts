import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compress } from '#functions/web/compress.ts';
import { applicantPages } from '#test/functions/web/applicant-pages.ts';
import { assetsOf } from '#test/functions/web/seen-pages.ts';
import { aSite, begin } from '#test/functions/web/site.ts';
import { constant, figureOf, heading, record } from './harness.ts';

/** What each page of an applicant weighs on the line, everything that it needs included, and how long one takes to make. */
export const run = async (root: string): Promise<void> => {
  heading('Pages (in Kazakh, whose letters weigh most)');
  const sizes = assetSizes(join(root, 'dist', 'functions', 'web', 'assets'));
  const later: number[] = [];
  for (const { path, html } of await applicantPages('kk')) {
    const { length } = await compress(Buffer.from(html), 'br');
    const assets = assetsOf(html).reduce((sum, name) => sum + sizeOf(sizes, name), 0);
    later.push(length / 1024);
    record({
      section: '8 pages',
      what: `first view of ${path}, with style sheet and scripts`,
      unit: 'KB',
      ours: constant((length + assets) / 1024),
      against: govUk,
      goal: 'at most 14 KB',
    });
  }
  record({
    section: '8 pages',
    what: 'a later view of any of them',
    unit: 'KB',
    ours: figureOf(later),
    against: { what: 'the limit', figure: constant(4) },
    goal: 'ratio at most 1',
  });
  await timeOneForm();
};

/** Measured once: HTML 3.9, CSS 13.2, JS 10.1, fonts 65 KB, compressed (PERFORMANCE 8). */
const govUk = { what: 'a GOV.UK question page', figure: constant(92) };

const timeOneForm = async (): Promise<void> => {
  const site = aSite();
  const applicant = site.applicant();
  const form = `${await begin(applicant, await site.openCall())}/sections/identity`;
  const { text } = await applicant.get(form);
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

/** Bytes of each style sheet and script as they are sent, by its name before the build. */
const assetSizes = (folder: string): ReadonlyMap<string, number> =>
  new Map(
    readdirSync(folder).flatMap((file) => {
      const [, name, ending] = /^([\w-]+)\.\w+(\.(?:css|js))\.br$/.exec(file) ?? [];
      return name === undefined ? [] : [[`${name}${ending}`, statSync(join(folder, file)).size]];
    }),
  );

const sizeOf = (sizes: ReadonlyMap<string, number>, name: string): number => {
  const size = sizes.get(name);
  if (size === undefined)
    throw new Error(`The build holds no ${name}, only ${[...sizes.keys()].join(', ')}.`);
  return size;
};
