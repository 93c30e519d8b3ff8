import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWeb } from '#functions/web/app.tsx';
import { compress } from '#functions/web/compress.ts';
import { applicantPages } from './applicant-pages.ts';
import { compiledAssets } from './compiled-assets.ts';
import { unvisited, wronglySetAside } from './reachable-pages.ts';
import { assetsOf, type SeenPage } from './seen-pages.ts';
import { aSite, type Site } from './site.ts';

const brotli = { headers: { 'accept-encoding': 'gzip, br' } };

let app: Site['app'];
/** Bytes of each style sheet and script on the line, by its name before the build. */
let sizes: Map<string, number>;

beforeAll(async () => {
  const compiled = await compiledAssets();
  app = createWeb(aSite().deps, compiled);
  const { stylesheet: css, script, passkeyScript, uploadScript } = compiled;
  const addresses = [css, script, passkeyScript, uploadScript].flatMap((address) => address ?? []);
  sizes = new Map(await Promise.all(addresses.map(weighed)));
}, 60_000);

const bytesOf = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await app.request(path, brotli)).arrayBuffer());

/** An asset as it was called before the build, with its bytes. */
const weighed = async (address: string): Promise<[string, number]> => [
  address.replace(/^.*\/([\w-]+)\.\w+(\.\w+)$/, '$1$2'),
  (await bytesOf(address)).length,
];

const stylesheet = async (): Promise<string> => {
  const page = await (await app.request('/en/')).text();
  return /<link rel="stylesheet" href="([^"]+)"/.exec(page)?.[1] ?? '';
};

/** What a browser needs to draw a page for the first time, besides the page. */
const assetBytes = (html: string): number =>
  assetsOf(html).reduce((sum, name) => {
    const bytes = sizes.get(name);
    if (bytes === undefined) throw new Error(`Nothing is compiled as ${name}.`);
    return sum + bytes;
  }, 0);

// Letters of English weigh half as much as theirs.
describe.for(['kk', 'ru'] as const)('every page of an applicant, in %s', (locale) => {
  let sent: SeenPage[];
  let pages: { path: string; bytes: number; assets: number }[];
  beforeAll(async () => {
    sent = await applicantPages(locale);
    pages = await Promise.all(
      sent.map(async ({ path, html }) => ({
        path,
        bytes: (await compress(Buffer.from(html), 'br')).length,
        assets: assetBytes(html),
      })),
    );
  }, 60_000);

  it('that the routes have is among those that are weighed, and so is every script', () => {
    expect(unvisited(sent.flatMap(({ address }) => address ?? []))).toEqual([]);
    expect(new Set(sent.flatMap(({ html }) => assetsOf(html)))).toEqual(new Set(sizes.keys()));
  });

  it('is at most 14 KB in all at its first view: page, style sheet, scripts', () => {
    expect(pages.filter(({ bytes, assets }) => bytes + assets > 14 * 1024)).toEqual([]);
  });

  it('is at most 4 KB once style sheet and scripts are there', () => {
    expect(pages.filter(({ bytes }) => bytes > 4 * 1024)).toEqual([]);
  });
});

it('what is set aside as a file, or as a way that shows no page, is that', async () => {
  expect(await wronglySetAside()).toEqual([]);
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
