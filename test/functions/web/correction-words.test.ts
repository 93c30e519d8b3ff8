import { describe, expect, it } from 'vitest';
import { refuseCorrection, withdrawCorrection } from '#functions/commands/corrections.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { applied, asked, aWronglyMarkedRound, published, rightFile } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** A file that waits, a correction that was refused, one that was withdrawn, and one by that file that waits. */
const atCorrections = async () => {
  const scene = await aWronglyMarkedRound();
  const { world, roundId, numbers } = scene;
  await published(scene);
  const file = await rightFile(scene);
  const number = nth(numbers, 1);
  const totals = { kind: 'totals', number, corrected: { scoring: 95 } } as const;
  const refused = await asked(scene, totals);
  const reason = 'It was right.';
  granted(await refuseCorrection(world, { by: theAdministrator, roundId, correction: refused, reason }));
  const withdrawn = await asked(scene, totals);
  granted(await withdrawCorrection(world, { by: secretary, roundId, correction: withdrawn }));
  const waiting = await asked(scene, { kind: 'marks-file', import: file });
  const { get } = await aSelectionSite(world).staff(theAdministrator);
  const page = async (locale: string, path: string) =>
    (await get(`/${locale}/manage/rounds/${roundId}/${path}`)).text;
  return { scene, number, file, waiting, page };
};

const titleOf = (locale: 'kk' | 'ru' | 'en') =>
  aFileWithMarks().rubric.criteria.find(({ code }) => code === 'test')?.title[locale] ?? '';

describe('what is said of a correction', () => {
  it.for(locales)('names criteria by their titles where marks are typed anew, in %s', async (locale) => {
    const { page, file, waiting } = await atCorrections();

    const typing = await page(locale, `corrections/${waiting}`);
    const pages = [typing, await page(locale, 'marks'), await page(locale, `marks/files/${file}`)];

    expect(typing).toMatch(new RegExp(`KZ19-[\\w-]+: ${titleOf(locale)}`));
    for (const text of pages) {
      expect(text).toContain(titleOf(locale));
      expect(text).not.toMatch(/(?:: |>)test</);
    }
  });

  it.for(locales)('tells what became of each, and only the totals that it changes, in %s', async (locale) => {
    const { scene, page, number, waiting } = await atCorrections();
    const t = translator(locale);
    await applied(scene, waiting);

    const text = await page(locale, 'corrections');

    const totals = `${t('committee.scoring')}: ${t('results.percent', { value: '95' })}`;
    expect(text).toContain(t('corrections.what.totals', { number, totals }));
    for (const status of ['refused', 'withdrawn'] as const) {
      expect(text.split(t(`corrections.status.${status}`))).toHaveLength(3);
    }
    expect(text).toContain(t('corrections.told'));
    // Letters that went are not letters that will go.
    expect(text).not.toContain(t('corrections.recipients', { count: 4 }));
  });

  it.for(locales)('tells its owner no post that nobody offered, in %s', async (locale) => {
    const { scene, waiting } = await atCorrections();
    await applied(scene, waiting);
    const { id } = nth(scene.applications, 1);
    const t = translator(locale);

    const site = aSelectionSite(scene.world);
    const { text } = await (await site.applicant(anApplicant(1))).get(`/${locale}/applications/${id}/result`);

    expect(text).toContain(t('corrections.own.title'));
    expect(text).toContain(t('replay.place.rank', { rank: 1 }));
    expect(text).not.toMatch(/[A-Z]{3}-\d{3}/);
  });
});
