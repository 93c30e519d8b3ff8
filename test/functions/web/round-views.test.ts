import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Assets } from '#functions/web/assets.ts';
import { anOffersRoundIn, theAdministrator } from '#test/builders/offers.ts';
import { aWorld, type World } from '#test/builders/scenes.ts';
import { aScoringIn, aScreeningIn, auditor, ratersOf, secretary } from '#test/builders/selection.ts';
import { compiledAssets } from './compiled-assets.ts';
import { aSelectionSite, cookieName } from './selection-site.ts';
import { origin } from './site.ts';

let assets: Assets;
beforeAll(async () => {
  assets = await compiledAssets();
}, 60_000);

/** What somebody gets over the line who opens a page for the first time: the page, its style sheet, its script. */
const viewsOf = (world: World) => {
  const { web, tokens } = aSelectionSite(world, { origin, assets });
  const fetched = async (path: string, cookie: string): Promise<Buffer> => {
    const answer = await web.request(path, { headers: { cookie, 'accept-encoding': 'br' } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const bytesOf = async (token: string, path: string): Promise<number> => {
    const cookie = `${cookieName}=${token}`;
    const page = await fetched(path, cookie);
    const html = brotliDecompressSync(page).toString();
    const others = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    const sizes = await Promise.all(others.map(async (other) => (await fetched(other, cookie)).length));
    return page.length + sizes.reduce((sum, size) => sum + size, 0);
  };
  /** Those of the pages that are too heavy, with their weight. */
  const heavy = async (token: string, paths: readonly string[]): Promise<string[]> => {
    const sizes = await Promise.all(paths.map((path) => bytesOf(token, path)));
    return paths.flatMap((path, index) => {
      const size = sizes[index] ?? 0;
      return size > limit ? [`${path}: ${size}`] : [];
    });
  };
  return { heavy, tokens };
};

const limit = 14 * 1024;

/** As many as a small region sees. */
const forms = Array.from({ length: 20 }, () => ({}));

describe('the first view of a page of the round is at most 14 KB in all', () => {
  it('for a secretary in screening', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, forms);
    const { heavy, tokens } = viewsOf(world);
    const work = `/kk/committee/rounds/${roundId}`;
    const one = `${work}/screening/${applications[0]?.id}`;
    const pages = ['/kk/committee', work, `${work}/screening`, one, `${one}/answers`];
    const manage = `/kk/manage/rounds/${roundId}`;

    const back = [`${manage}/history`, `${manage}/retention`, `${work}/replay`];
    const found = await heavy(await tokens.staff(secretary), [...pages, ...back]);

    expect(found).toEqual([]);
  });

  it('for a rater and for an auditor', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, forms);
    const { heavy, tokens } = viewsOf(world);
    const [first] = applications;
    const [rater] = first ? await ratersOf(world, first.id) : [];
    if (!first || !rater) throw new Error('Nobody rates anybody.');
    const scoring = `/ru/committee/rounds/${roundId}/scoring`;

    const found = [
      ...(await heavy(await tokens.staff(rater), [scoring, `${scoring}/${first.id}`])),
      ...(await heavy(await tokens.staff(auditor), ['/ru/audit', scoring])),
    ];

    expect(found).toEqual([]);
  });

  it('for an administrator who makes offers', async () => {
    const world = aWorld();
    const contenders = Array.from({ length: 20 }, () => ({ choices: ['MAT-001', 'MAT-002'] }));
    const { roundId } = await anOffersRoundIn(world, contenders);
    const { heavy, tokens } = viewsOf(world);
    const manage = `/ru/manage/rounds/${roundId}`;
    const pages = ['', '/offers', '/placements', '/committee', '/letters'].map((part) => `${manage}${part}`);

    expect(await heavy(await tokens.staff(theAdministrator), pages)).toEqual([]);
  });
});
