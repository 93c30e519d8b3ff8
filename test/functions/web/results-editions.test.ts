import { expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aWrongPublication, correctedMarks } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { anApplicant } from '#test/builders/selection.ts';
import { at as instant } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const corrected = async () => {
  const { scene, publishes } = await aWrongPublication();
  await correctedMarks(scene);
  await publishes();
  return { ...scene, site: aSelectionSite(scene.world) };
};

it('the results page says that they were corrected, who stands otherwise, and leads to both bundles', async () => {
  const { site, roundId, numbers } = await corrected();
  const way = (locale: string) => `/${locale}/calls/${roundId}/results`;

  for (const locale of locales) {
    const t = translator(locale);
    const { text } = await site.anonymous.get(way(locale));
    expect(text).toContain(t('verification.cause.marks-file'));
    expect(text).toContain(t('results.edition.changed', { count: numbers.length }));
    for (const number of numbers) expect(text.split(number).length).toBeGreaterThan(2);
    for (const edition of [1, 2]) expect(text).toContain(`${way(locale)}/claims?edition=${edition}`);
  }
  const [first, second, newest, none, wrong] = await Promise.all(
    ['?edition=1', '?edition=2', '', '?edition=3', '?edition=x'].map((query) =>
      site.anonymous.get(`${way('en')}/claims${query}`),
    ),
  );
  expect([first, second, newest, none, wrong].map((answer) => answer?.status)).toEqual([
    303, 303, 303, 404, 404,
  ]);
  expect(second?.location).toContain('edition-2');
  expect(first?.location).not.toContain('edition-2');
  expect(newest?.location.split('?')[0]).toBe(second?.location.split('?')[0]);
});

it('programs read the same', async () => {
  const { site, roundId, numbers } = await corrected();

  const read = JSON.parse((await site.anonymous.get(`/api/calls/${roundId}/results`)).text);

  expect(read.edition).toMatchObject({ number: 2, cause: 'marks-file' });
  expect(read.edition.changed).toHaveLength(numbers.length);
  expect(read.publications.map(({ edition }: { edition?: number }) => edition)).toEqual([undefined, 2]);
  expect((await site.anonymous.get(`/api/calls/${roundId}/results/claims?edition=3`)).status).toBe(404);
});

it('an applicant finds the receipt of each edition beside the corrected result', async () => {
  const { site, applications } = await corrected();
  const { id } = nth(applications, 1);
  const { get } = await site.applicant(anApplicant(1));

  for (const locale of locales) {
    const t = translator(locale);
    const own = (await get(`/${locale}/applications/${id}/result`)).text;
    const at = t.moment(instant('2022-11-14T05:00'), 'Asia/Almaty');
    expect(own).toContain(t('results.edition.own', { number: 2, at }));
    expect(own).toContain(t('results.edition.by'));
  }
  const { text } = await get(`/en/applications/${id}/result`);
  const receipts = await Promise.all(
    [1, 2].map((edition) => get(`/en/applications/${id}/result/claims/receipt?edition=${edition}`)),
  );

  expect(text).toContain(translator('en')('verification.receipt.edition', { number: 2 }));
  const [old, own] = receipts.map((answer) => JSON.parse(answer.text));
  expect([old.leaf.row.rank, own.leaf.row.rank]).toEqual([4, 1]);
});
