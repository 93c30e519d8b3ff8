import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAssets } from '#infra/build/assets.ts';
import { verifyWords } from '#shared/bundle/report.ts';
import { type Locale, localeNames, locales } from '#shared/i18n/locale.ts';
import { frozenBundles } from '#test/builders/published-bundles.ts';
import { launchBrowser, missingBrowser, overflowsSideways, violationsOn } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = (name: string): string => readFileSync(join(root, 'infra/sandbox/examples', name), 'utf8');
const bundle = example('results-1.json');
const receipt = example('results-1-receipt.json');
const frozen = (name: string) => {
  const found = frozenBundles.find((one) => one.name === name);
  if (!found) throw new Error(`Nothing is kept of ${name}.`);
  return found;
};

let browser: Browser;
let folder: string;
let address: string;
beforeAll(async () => {
  if (missingBrowser) return;
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'irikteu-verification-'));
  const { outputs } = await buildAssets(root, 'assets');
  const kept = join(folder, 'verification.html');
  writeFileSync(kept, outputs.find(({ path }) => path.endsWith('.html'))?.bytes ?? '');
  address = pathToFileURL(kept).href;
});
afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

let files = 0;
const kept = (text: string | Buffer): string => {
  files += 1;
  const path = join(folder, `chosen-${files}.json`);
  writeFileSync(path, text);
  return path;
};

/** What somebody reads once the page has drawn itself anew. */
type Read = { status: string; holds: boolean; yes: string[]; no: string[]; text: string };

/** The kept page on a phone without a network. Whatever it asks for besides itself is noted. */
const openPage = async (locale: Locale) => {
  const context = await browser.newContext({
    offline: true,
    locale: { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' }[locale],
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  const asked: string[] = [];
  const broken: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => broken.push(error.message));
  await page.goto(address);
  await page.locator('h1').waitFor();
  const drawnAnew = async (act: () => Promise<unknown>): Promise<Read> => {
    await page.evaluate(() => document.querySelector('h1')?.setAttribute('data-before', ''));
    await act();
    await page.locator('h1:not([data-before])').waitFor();
    return readOn(page);
  };
  return {
    page,
    choose: (...texts: (string | Buffer)[]) =>
      drawnAnew(() => page.locator('#files').setInputFiles(texts.map(kept))),
    speak: (language: Locale) =>
      drawnAnew(() => page.getByRole('button', { name: localeNames[language] }).click()),
    leave: async () => {
      await context.close();
      return { asked: asked.filter((url) => url !== address), broken };
    },
  };
};

const nothing = { asked: [], broken: [] };

const readOn = async (page: Page): Promise<Read> => {
  const status = page.getByRole('status');
  const shown = (await status.count()) === 1;
  return {
    status: shown ? await status.innerText() : '',
    holds: shown && (await status.getAttribute('class')) === 'yes',
    yes: await page.locator('li.yes').allInnerTexts(),
    no: await page.locator('li.no').allInnerTexts(),
    text: await page.locator('main').innerText(),
  };
};

/** The first text of a kind in the file, by another one of the same length. */
const changed = (text: string, pattern: RegExp, by: (found: string) => string): string => {
  const found = pattern.exec(text)?.[0];
  if (found === undefined || by(found) === found) throw new Error(`Nothing is changed by ${pattern}.`);
  return text.replace(found, () => by(found));
};

/** The last character of what is found, by another one. */
const nudged = (found: string): string => `${found.slice(0, -1)}${found.endsWith('1') ? '2' : '1'}`;

/** One byte each, and what is said of it besides that nothing of it was signed. */
const places: readonly [string, RegExp, readonly string[]][] = [
  ['the round file', /\\"weight\\": ?\d/, ['round-file']],
  ['a score', /"rater":"R[1-9]","total":\d\d/, ['totals']],
  ["a rater's code", /"rater":"R[1-9]/, []],
  ['a lot of the draw', /KZ19-AAAA-0005.*?"lot":"[0-9a-f]/, ['ranks']],
  ['a total', /"tie":\{[^}]*\},"total":\d/, ['totals']],
  ['an offer', /"seeker":\d/, ['offers']],
  ['a leaf', /"leaf":"[0-9a-f]/, ['root']],
  ['the root', /"root":"[0-9a-f]/, ['root']],
  ['the signature', /"value":"[0-9a-f]/, []],
];

/** Formats for which the page does something of its own kind: the curve of a beacon, a model that is fitted, files of editions. */
const ownWays = ['04', '05', '13'];

describe.skipIf(missingBrowser)('the page that checks results, as a file without a network', () => {
  it('says in three languages that a bundle and a receipt hold, and what the receipt says', async () => {
    for (const locale of locales) {
      const say = verifyWords(locale);
      const visit = await openPage(locale);
      expect(await visit.page.title()).toBe(say('verification.title'));
      const alone = await visit.choose(receipt);
      expect(alone.status).toBe(say('verification.need-bundle'));

      const read = await visit.choose(bundle);

      expect(read).toMatchObject({ status: say('verification.holds'), holds: true, no: [] });
      expect(read.yes).toHaveLength(19);
      expect(read.yes).toContain(say('verification.receipt-proof.yes'));
      expect(read.text).toContain('MAT-002');
      expect(read.text).toContain('7fd12fe100fe6efea7fb28a74e20e4215f2d1458fd8b5a05888e951a681cd91a');
      expect(await overflowsSideways(visit.page)).toBe(false);
      expect(await violationsOn(visit.page)).toEqual([]);
      expect(await visit.leave()).toEqual(nothing);
    }
  });

  it('says the same in another language, where the focus stays', async () => {
    const visit = await openPage('kk');
    await visit.choose(bundle, receipt);
    for (const locale of ['ru', 'en', 'kk'] as const) {
      const read = await visit.speak(locale);
      expect(read).toMatchObject({ status: verifyWords(locale)('verification.holds'), holds: true });
      expect(await visit.page.locator('html').getAttribute('lang')).toBe(locale);
      expect(await visit.page.evaluate(() => document.activeElement?.id)).toBe(`language-${locale}`);
    }
    expect(await visit.leave()).toEqual(nothing);
  });

  it.for(places)('refuses a bundle in which one byte of %s was changed', async ([, pattern, checks]) => {
    const visit = await openPage('en');
    const read = await visit.choose(changed(bundle, pattern, nudged), receipt);
    expect(read.holds).toBe(false);
    for (const locale of locales) {
      const say = verifyWords(locale);
      const { status, holds, no } = locale === 'en' ? read : await visit.speak(locale);
      expect({ status, holds }).toEqual({ status: say('verification.broken'), holds: false });
      expect(no).toContain(say('verification.signature.no'));
      for (const check of checks) {
        const [before = ''] = say(`verification.${check}.no` as 'verification.root.no', {
          numbers: '¶',
          number: 1,
          by: 1,
        }).split('¶');
        expect(no.some((line) => line.startsWith(before))).toBe(true);
      }
    }
    expect(await visit.leave()).toEqual(nothing);
  });

  it('refuses the receipt of another round, and one of which a byte is missing or was changed', async () => {
    const say = verifyWords('en');
    const visit = await openPage('en');
    const foreign = await visit.choose(bundle, frozen('06').receipts[0] ?? '');
    const other = await visit.choose(frozen('06').bundle, receipt);
    const cut = await visit.choose(bundle, receipt.slice(0, -1));
    const salted = await visit.choose(bundle, changed(receipt, /"salt":"[0-9a-f]/, nudged));
    const again = await visit.choose(receipt);

    for (const read of [foreign, other]) {
      expect(read.holds).toBe(false);
      expect(read.no).toContain(say('verification.receipt-statement.no'));
      expect(read.no).toContain(say('verification.receipt-proof.no'));
    }
    expect(cut.no).toEqual([say('verification.receipt-file.no')]);
    expect(salted.no).toContain(say('verification.receipt-proof.no'));
    expect(again).toMatchObject({ holds: true, no: [] });
    expect(await visit.leave()).toEqual(nothing);
  });

  it('says of what is no bundle that it is none, however large, and breaks by nothing', async () => {
    const say = verifyWords('en');
    const visit = await openPage('en');
    const garbage = [
      '"signature":',
      `${'['.repeat(200_000)}"signature":`,
      Buffer.concat([
        Buffer.from('{"signature":'),
        Buffer.from(Array.from({ length: 4096 }, (_, n) => n % 256)),
      ]),
      `{"signature":"${'f'.repeat(40_000_000)}"}`,
      `\uFEFF${bundle}`,
      `${bundle}\n`,
      bundle.replace('"kind":"results"', '"kind":"secrets"'),
    ];
    for (const text of garbage) {
      const read = await visit.choose(text);
      expect(read).toMatchObject({ status: say('verification.broken'), holds: false, yes: [] });
      expect(read.no).toEqual([say('verification.file.no')]);
    }
    for (const text of ['', 'results', '\0\0\0']) {
      const other = await openPage('en');
      expect((await other.choose(text)).status).toBe(say('verification.need-bundle'));
      expect(await other.leave()).toEqual(nothing);
    }
    expect((await visit.choose(bundle)).holds).toBe(true);
    expect(await visit.leave()).toEqual(nothing);
  });

  it('says so where a device cannot read the files, or its browser lacks something', async () => {
    const say = verifyWords('ru');
    const visit = await openPage('ru');
    await visit.choose(bundle);
    await visit.page.evaluate(() => {
      Object.assign(Blob.prototype, { arrayBuffer: () => Promise.reject(new Error('too large')) });
    });
    expect((await visit.choose(receipt)).status).toBe(say('verification.failed'));
    expect(await visit.leave()).toEqual(nothing);

    const old = await openPage('ru');
    await old.page.evaluate(() => Object.assign(Map, { groupBy: undefined }));
    expect(await old.choose(bundle)).toMatchObject({ status: say('verification.failed'), holds: false });
    expect(await old.leave()).toEqual(nothing);
  });

  it('checks what was published long ago, with the editions before it', async () => {
    const say = verifyWords('kk');
    const asked = frozenBundles.filter(({ name }) => process.env['SOAK'] || ownWays.includes(name));
    expect(asked.length).toBeGreaterThanOrEqual(ownWays.length);
    for (const { name, bundle: text, receipts, earlier } of asked) {
      const visit = await openPage('kk');
      const read = await visit.choose(text, ...receipts.slice(0, 1), ...earlier);
      expect({ name, ...read }).toMatchObject({ name, status: say('verification.holds'), no: [] });
      expect(await visit.leave()).toEqual(nothing);
    }
  });
});
