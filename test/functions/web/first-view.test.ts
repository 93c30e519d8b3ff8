import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWeb } from '#functions/web/app.tsx';
import { compress } from '#functions/web/compress.ts';
import { locales } from '#shared/i18n/index.ts';
import { applicantPages } from './applicant-pages.ts';
import { compiledAssets } from './compiled-assets.ts';
import { aSite, type Site } from './site.ts';

const brotli = { headers: { 'accept-encoding': 'gzip, br' } };

let app: Site['app'];
let uploadScript: string;

beforeAll(async () => {
  const site = aSite();
  const compiled = await compiledAssets();
  uploadScript = compiled.uploadScript ?? '';
  app = createWeb(site.deps, compiled);
}, 60_000);

const bytesOf = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await app.request(path, brotli)).arrayBuffer());

const stylesheet = async (): Promise<string> => {
  const page = await (await app.request('/en/')).text();
  return /<link rel="stylesheet" href="([^"]+)"/.exec(page)?.[1] ?? '';
};

/** What a browser needs to draw any page for the first time, besides the page. */
const assetBytes = async (html: string): Promise<number> => {
  const others = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(others).toHaveLength(2);
  const sizes = await Promise.all(others.map(async (other) => (await bytesOf(other)).length));
  return sizes.reduce((sum, size) => sum + size, 0);
};

describe.for(locales)('every page of an applicant, in %s', (locale) => {
  let weighed: { path: string; bytes: number; extra: number }[];
  let assets: number;
  beforeAll(async () => {
    assets = await assetBytes(await (await app.request(`/${locale}/`)).text());
    const sending = (await bytesOf(uploadScript)).length;
    weighed = await Promise.all(
      (await applicantPages(locale)).map(async ({ path, html }) => ({
        path,
        bytes: (await compress(Buffer.from(html), 'br')).length,
        // Only the page that takes a file loads what sends it.
        extra: html.includes('data-slices') ? sending : 0,
      })),
    );
  }, 60_000);

  it('is at most 14 KB in all at its first view: page, style sheet, scripts', () => {
    expect(weighed.length).toBeGreaterThan(40);
    expect(weighed.filter(({ extra }) => extra > 0)).toHaveLength(1);
    expect(weighed.filter(({ bytes, extra }) => bytes + extra + assets > 14 * 1024)).toEqual([]);
  });

  it('is at most 4 KB once style sheet and script are there', () => {
    expect(weighed.filter(({ bytes }) => bytes > 4 * 1024)).toEqual([]);
  });
});

describe('the style sheet', () => {
  it('is asked for once and kept for a year', async () => {
    const answer = await app.request(await stylesheet(), brotli);

    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
  });

  it('is the same in every encoding', async () => {
    const path = await stylesheet();
    const [plain, gzip, br] = await Promise.all(
      ['identity', 'gzip', 'br'].map(async (encoding) => {
        const answer = await app.request(path, { headers: { 'accept-encoding': encoding } });
        return Buffer.from(await answer.arrayBuffer());
      }),
    );

    expect(gunzipSync(gzip ?? '').equals(plain ?? Buffer.alloc(0))).toBe(true);
    expect(brotliDecompressSync(br ?? '').equals(plain ?? Buffer.alloc(0))).toBe(true);
  });

  it('loads nothing from elsewhere and has no font or crown of GOV.UK', async () => {
    const css = await (await app.request(await stylesheet())).text();

    expect(css).not.toMatch(/GDS|crown|@font-face|@import|url\(/i);
  });

  it('that no build made is not found', async () => {
    const answer = await app.request('/assets/site.000000000000.css');

    expect(answer.status).toBe(404);
  });
});

describe('a page', () => {
  it.for([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('compressed as %s is the page', async ([encoding, unpack]) => {
    const plain = await (await app.request('/en/programme')).text();

    const answer = await app.request('/en/programme', { headers: { 'accept-encoding': encoding } });

    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toContain('accept-encoding');
    expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(plain);
  });

  it('is sent as it is to a browser that wants no encoding', async () => {
    const answer = await app.request('/en/programme', {
      headers: { 'accept-encoding': 'br;q=0, gzip;q=0.0' },
    });

    expect(answer.headers.get('content-encoding')).toBeNull();
  });
});
