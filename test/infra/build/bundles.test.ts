import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFunctions } from '#infra/build/build.ts';
import { functionEntries } from '#infra/build/functions.ts';
import { bundleSizes } from '#infra/build/table.ts';

const built = await buildFunctions();
const packagesOf = (name: string, when: 'sources' | 'startupSources' = 'sources'): string[] => {
  const paths = Object.keys(built.contents[name]?.[when] ?? {});
  return [...new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))];
};

describe('the code that is deployed', () => {
  it('has a bundle for each function', () => {
    expect(Object.keys(built.contents)).toEqual(Object.keys(functionEntries));
  });

  it.for(['web', 'api'])('%s carries no heavy library', (name) => {
    const heavy =
      /pdf|xlsx|excel|highs|nodemailer|jsonata|playwright|esbuild|sass|aws-cdk|fontsource|google-fonts/;

    expect(packagesOf(name)).toContain('hono');
    expect(packagesOf(name).filter((one) => heavy.test(one))).toEqual([]);
  });

  it.for(Object.keys(functionEntries).filter((name) => name !== 'papers'))(
    '%s carries no PDF library and no fonts',
    (name) => {
      const drawing = /pdf|fontkit|google-fonts/;

      expect(packagesOf(name).filter((one) => drawing.test(one))).toEqual([]);
      expect(
        readdirSync(join(built.functions, name)).filter((file) => !/\.mjs$|^assets$/.test(file)),
      ).toEqual([]);
    },
  );

  it('papers carries the fonts with their licence, and loads the PDF library with the first paper', () => {
    const drawing = ['pdfmake', 'pdfkit', 'fontkit'];

    const atStart = packagesOf('papers', 'startupSources');
    expect(packagesOf('papers')).toEqual(expect.arrayContaining(drawing));
    expect(drawing.filter((one) => atStart.includes(one))).toEqual([]);
    expect(readdirSync(join(built.functions, 'papers', 'fonts')).toSorted()).toEqual([
      'LICENSE.txt',
      'NotoSans_400Regular.ttf',
      'NotoSans_700Bold.ttf',
    ]);
  });

  it.for(Object.keys(functionEntries))(
    '%s carries nothing of tests, infrastructure or the other home',
    (name) => {
      const sources = Object.keys(built.contents[name]?.sources ?? {});

      expect(sources.filter((path) => /^(test|infra)\//.test(path))).toEqual([]);
    },
  );

  it.for(['web', 'api'])(
    '%s loads storage, mail, passkeys and workbooks only when somebody needs them',
    (name) => {
      const later = [
        '@aws-sdk/client-s3',
        '@aws-sdk/client-sesv2',
        '@aws-sdk/client-lambda',
        '@simplewebauthn/server',
        // A file of marks may be a workbook.
        'fflate',
        'saxes',
        // The curve that a beacon signs with.
        '@noble/curves',
      ];

      const atStart = new Set(packagesOf(name, 'startupSources'));
      expect(packagesOf(name)).toEqual(expect.arrayContaining(later));
      expect(later.filter((one) => atStart.has(one))).toEqual([]);
    },
  );

  it('is weighed: what is read at the start, all of it, and all of it in a zip', () => {
    const sizes = bundleSizes(built.functions, built.contents);

    expect(sizes.map(({ name }) => name)).toEqual(Object.keys(functionEntries));
    for (const { startup, whole, gzip } of sizes) {
      expect(startup).toBeLessThanOrEqual(whole);
      expect(gzip).toBeLessThan(whole);
    }
  });
});
