import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { advanceTo, anInterviewRoundIn, applicants, nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMinimums } from '#test/builders/marks.ts';
import { aFile, aMarkedScoring, bring, imported, scoreAll, shownOf } from '#test/builders/marks-scene.ts';
import { publishedIn } from '#test/builders/published.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { dana, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const file = aFileWithMinimums();
const test = [90, 55, 49.99, 40] as const;

const drawnUp = async () => {
  const scene = await aMarkedScoring(4, asUpload(file));
  const { world, roundId } = scene;
  await scoreAll(scene);
  await imported(scene, aFile(scene, [18, 9, 14, 20], 'essay'));
  await imported(scene, aFile(scene, test));
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  return { ...scene, site: aSelectionSite(world) };
};

/** Pages bind some words to the next. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

const titleOf = (code: string, locale: 'kk' | 'ru' | 'en'): string =>
  file.rubric.criteria.find((one) => one.code === code)?.title[locale] ?? '';

describe('the least of a single part', () => {
  it.for(locales)(
    'stops who has less, with the part, the own points and the minimum, in %s',
    async (locale) => {
      const { roundId, site } = await drawnUp();
      const t = translator(locale);
      const member = await site.staff(dana);
      const page = parse((await member.get(`/${locale}/committee/rounds/${roundId}`)).text);
      const told = page.querySelectorAll('.sentences').map(({ text }) => plain(text));
      const said = (own: number) =>
        t('committee.reason.named.below-part', {
          title: titleOf('test', locale),
          own: t.number(own),
          minimum: t.number(50),
        });

      expect(told).toEqual([plain(said(40)), plain(said(49.99))]);
      const rows = page
        .querySelectorAll('#thresholds-test tbody tr')
        .map((row) => row.querySelectorAll('td, th').map(({ text }) => text.trim().split(/\s+/u).at(-1)))
        .map((cells) => cells.join(' '));
      // Who has 49.99 reaches 49.
      expect(rows).toEqual([
        '40 4 4 +2',
        '41–49 3 3 +1',
        '50 2 2 0',
        '51–55 2 2 0',
        '56–90 1 1 −1',
        '91 0 0 −2',
      ]);
      const chosen = parse(
        (await member.get(`/${locale}/committee/rounds/${roundId}?thresholds-test=-reach`)).text,
      );
      expect(chosen.querySelector('details:has(#thresholds-test)')?.hasAttribute('open')).toBe(true);
    },
  );

  it('is in the answer of the API, and in the list as a file', async () => {
    const { roundId, numbers, site } = await drawnUp();
    const member = await site.staff(dana);
    const { list, partThresholds } = JSON.parse((await member.get(`/api/rounds/${roundId}/gate`)).text);
    const outcomes = list.standings.map(({ number, outcome, reasons }: Record<string, unknown>) => [
      number,
      outcome,
      reasons,
    ]);

    expect(outcomes).toEqual(
      expect.arrayContaining([
        [numbers[1], 'goes-on', []],
        [numbers[2], 'stops', ['below-part:test']],
      ]),
    );
    expect(partThresholds.map(({ code }: { code: string }) => code)).toEqual(['test']);
    expect(partThresholds[0].thresholds).toContainEqual({
      passMark: 50,
      own: true,
      reach: 2,
      goOn: 2,
      more: 0,
    });
  });

  it('is looked at before marks count: the dry run names who would stop by it', async () => {
    const scene = await aMarkedScoring(4, asUpload(file));
    await scoreAll(scene);
    await imported(scene, aFile(scene, [18, 9, 14, 20], 'essay'));
    await imported(scene, aFile(scene, [90, 55, 70, 40]));
    const { preview } = await shownOf(scene, await bring(scene, aFile(scene, test)));

    expect(preview.run.outcomes).toMatchObject([
      { number: scene.numbers[2], before: { outcome: 'goes-on' }, after: { outcome: 'stops' } },
    ]);
  });

  it('is in the rules of the call, with its source', async () => {
    const { roundId, site } = await drawnUp();
    for (const locale of locales) {
      const page = await site.anonymous.get(`/${locale}/calls/${roundId}/rules`);
      const text = plain(parse(page.text).text);
      const t = translator(locale);
      const part = (title: string, minimum: string) => t('call.rules.passing.part', { title, minimum });

      expect(text).toContain(plain(part(titleOf('test', locale), '50')));
      const percent = t('results.percent', { value: '40' });
      expect(text).toContain(plain(part(t('committee.interview'), percent)));
    }
  });
});

describe('the own result of who missed the least of a part', () => {
  it.for(locales)(
    'says which part, what there was, what was asked, and what would have changed it, in %s',
    async (locale) => {
      const world = aWorld();
      const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1, file });
      const { standings, bolat } = await publishedIn(world, scene);
      const missed = { reasons: ['below-part:interview'], interview: 33.5, total: 65, rank: 2 };
      const final = standings.map((one) => (one.outcome === 'stops' ? Object.assign({}, one, missed) : one));
      await advanceTo(world, scene.roundId, { from: 'claims', to: 'offers', standings: final });
      const site = aSelectionSite(world);
      const own = await site.applicant(bolat.by);
      const t = translator(locale);
      const { text } = await own.get(`/${locale}/applications/${bolat.applicationId}/result`);
      const { stages } = JSON.parse((await own.get(`/api/applications/${bolat.applicationId}/result`)).text);
      const percent = (value: number): string => t('results.percent', { value: t.number(value) });
      const title = t('committee.interview');

      expect(text).toContain(
        t('results.why.named.below-part', { title, own: percent(33.5), minimum: percent(40) }),
      );
      expect(text).toContain(
        t('results.change.parts', { parts: t('results.change.part', { title, minimum: percent(40) }) }),
      );
      expect(text).not.toContain(t('results.change.besides'));
      expect(stages[0].change).toEqual({
        kind: 'parts',
        parts: [{ code: 'interview', own: 33.5, minimum: 40 }],
      });
      const results = await site.anonymous.get(`/${locale}/calls/${scene.roundId}/results`);
      expect(results.text).toContain(t('results.minimum.part', { title }));
      expect(results.text).not.toContain('below-part');
      expect(nth(final, 1).total).toBeGreaterThan(file.results.minimumPoints);
    },
  );
});
