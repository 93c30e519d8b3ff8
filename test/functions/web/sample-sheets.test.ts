import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** A proposal of scoring lies on the table; its sheet is the sample, or one that somebody has verified. */
const drawnUp = async (upload?: Uint8Array) => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}], upload);
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  }
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  const { id } = nth(applications, 0);
  const rater = nth(await ratersOf(world, id), 0);
  const site = aSelectionSite(world);
  const [desk, own] = [await site.staff(secretary), await site.staff(rater)];
  const pagesIn = async (locale: Locale) => {
    const round = `/${locale}/committee/rounds/${roundId}`;
    return [
      await desk.get(round),
      await desk.get(`${round}/charts`),
      await desk.get(`${round}/evaluation-sheets`),
      await own.get(`${round}/scoring/${id}`),
      await own.get(`${round}/scoring/${id}/versions`),
    ];
  };
  const nameOf = async (file: string) =>
    (await desk.get(`/en/committee/rounds/${roundId}/lists/${file}`)).headers.get('content-disposition');
  return { pagesIn, nameOf };
};

const verified = (): Uint8Array => {
  const file = aRoundFile();
  return asUpload({ ...file, rubric: { ...file.rubric, confidence: 'high' } });
};

describe('points that were given by an unverified sheet', () => {
  it('are called a sample on each page of the committee that shows them, and in the name of each file', async () => {
    const { pagesIn, nameOf } = await drawnUp();

    for (const locale of locales) {
      for (const { status, text } of await pagesIn(locale)) {
        expect(status).toBe(200);
        expect(text).toContain(translator(locale)('scoring.sample'));
      }
    }
    for (const file of ['scores.csv', 'scores.xlsx', 'ranking.csv', 'ranking.xlsx']) {
      expect(await nameOf(file)).toContain('-2022-3-sample.');
    }
    expect(await nameOf('applications.csv')).not.toContain('sample');
  });

  it('are called so nowhere once somebody has verified the sheet', async () => {
    const { pagesIn, nameOf } = await drawnUp(verified());

    for (const { text } of await pagesIn('en'))
      expect(text).not.toContain(translator('en')('scoring.sample'));
    expect(await nameOf('scores.csv')).toContain('-2022-3.csv');
  });
});
