import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFunctions } from '#infra/build/build.ts';

describe('a build', () => {
  let root: string;
  const entries = { web: 'functions/web/index.ts', api: 'functions/api/index.ts' };
  const build = () => buildFunctions({ root, entries });

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const read = (path: string) => readFileSync(join(root, 'dist', path));
  const manifest = (): Record<string, { file: string }> =>
    JSON.parse(read('functions/web/assets/manifest.json').toString());

  /** Every file that was made, with its bytes. */
  const made = () =>
    Object.fromEntries(
      readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file, readFileSync(file).toString('base64')]),
    );

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'irikteu-build-'));
    write('shared/greeting.ts', "export const greeting: string = 'сәлем';");
    write(
      'functions/web/index.ts',
      "import { greeting } from '../../shared/greeting.ts';\nexport const handler = async () => (await import('./late.ts')).late(greeting);",
    );
    write('functions/web/late.ts', 'export const late = (word: string): string => word.toUpperCase();');
    write('functions/api/index.ts', "export const handler = async () => 'api';");
    write('functions/web/assets/_colours.scss', '$ink: #123456;');
    write('functions/web/assets/site.scss', "@use 'colours'; body { color: colours.$ink; }");
    write('functions/web/assets/enhance.ts', "document.title = 'Irikteu' as string;");
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('makes a folder for each function that runs by itself', async () => {
    const { functions } = await build();

    const module: { handler: () => Promise<string> } = await import(
      pathToFileURL(join(functions, 'web/index.mjs')).href
    );
    expect(await module.handler()).toBe('СӘЛЕМ');
  });

  it('leaves for later what a function asks for later', async () => {
    const { contents } = await build();

    expect(contents['web']?.startup).toEqual(['index.mjs']);
    expect(Object.keys(contents['web']?.sources ?? {})).toContain('functions/web/late.ts');
    expect(Object.keys(contents['web']?.startupSources ?? {})).not.toContain('functions/web/late.ts');
  });

  it('says which entry files are missing, all of them, and where the list is', async () => {
    rmSync(join(root, 'functions/api'), { recursive: true });
    rmSync(join(root, 'functions/web/index.ts'));

    await expect(build()).rejects.toThrow(
      'These functions have no entry file:\n  web: functions/web/index.ts\n  api: functions/api/index.ts\nThe list is infra/build/functions.ts.',
    );
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('makes the same bytes from the same sources', async () => {
    await build();
    const once = made();
    rmSync(join(root, 'dist'), { recursive: true });

    await build();

    expect(Object.keys(once).length).toBeGreaterThan(10);
    expect(made()).toEqual(once);
  });

  it('does nothing when nothing changed, and everything when something did', async () => {
    expect((await build()).reused).toBe(false);
    expect((await build()).reused).toBe(true);

    write('shared/greeting.ts', "export const greeting: string = 'привет';");
    expect((await build()).reused).toBe(false);
    expect(read('functions/web/index.mjs').toString()).toContain('привет');
  });

  it('notices a part of a style sheet that changed, and an asset that is new', async () => {
    await build();
    write('functions/web/assets/_colours.scss', '$ink: #654321;');
    expect((await build()).reused).toBe(false);

    write('functions/web/assets/mark.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect((await build()).reused).toBe(false);
    expect(Object.keys(manifest())).toEqual(['enhance.js', 'mark.svg', 'site.css']);
  });

  it('mends a bundle that somebody touched or removed', async () => {
    await build();
    const whole = read('functions/api/index.mjs');
    writeFileSync(join(root, 'dist/functions/api/index.mjs'), 'half');

    await build();

    expect(read('functions/api/index.mjs')).toEqual(whole);
  });

  it('leaves nothing of an earlier build behind', async () => {
    await build();
    const earlier = manifest()['site.css']?.file ?? '';
    write('functions/web/assets/site.scss', 'body { margin: 0; }');

    await build();

    expect(existsSync(join(root, 'dist/functions/web/assets', earlier))).toBe(false);
    expect(manifest()['site.css']?.file).not.toBe(earlier);
  });

  it('stores each asset plain, as brotli and as gzip under a name made of its bytes', async () => {
    await build();
    const file = manifest()['site.css']?.file ?? '';

    const plain = read(`functions/web/assets/${file}`);
    expect(file).toMatch(/^site\.[0-9a-f]{12}\.css$/);
    expect(plain.toString()).toBe('body{color:#123456}');
    expect(brotliDecompressSync(read(`functions/web/assets/${file}.br`))).toEqual(plain);
    expect(gunzipSync(read(`functions/web/assets/${file}.gz`))).toEqual(plain);
  });

  it('says what is wrong in a source, and keeps the last good build', async () => {
    await build();
    const good = read('functions/api/index.mjs');
    write('functions/api/index.ts', 'export const handler = ;');

    await expect(build()).rejects.toThrow(/functions\/api\/index\.ts:1:23/);
    expect(read('functions/api/index.mjs')).toEqual(good);
  });
});
