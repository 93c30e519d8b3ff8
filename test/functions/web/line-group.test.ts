import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { nearLineView } from '#functions/commands/near-line.ts';
import { translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aNearLineScene,
  aShownFile,
  type NearLineScene,
  qualities,
  scoreByQuality,
} from '#test/builders/near-line.ts';
import { granted } from '#test/builders/scenes.ts';
import { chair, dana, members, ratersOf, secretary } from '#test/builders/selection.ts';
import { proposedIn } from '#test/builders/severity-scene.ts';

const seated = async (scene: Pick<NearLineScene, 'world' | 'roundId'>, who = dana) => {
  const seat = await aCommitteeSite(scene.world).signIn(who);
  const round = `committee/rounds/${scene.roundId}`;
  return {
    page: async (locale = 'en') => (await seat.get(`/${locale}/${round}`)).text,
    list: async (locale = 'en') => (await seat.get(`/${locale}/${round}/lists/ranking.csv`)).text,
    api: async (of = 'gate') => JSON.parse((await seat.get(`/api/rounds/${scene.roundId}/${of}`)).text),
  };
};

const scored = async () => {
  const scene = await aNearLineScene(qualities.length, {}, aShownFile());
  await scoreByQuality(scene);
  return scene;
};

/** Numbers of the rows that carry the mark. */
const marked = (html: string, mark: string): string[] =>
  parse(html)
    .querySelectorAll('#ranking tbody tr')
    .filter((row) => row.querySelectorAll('.govuk-tag').some(({ text }) => text === mark))
    .map((row) => row.querySelector('.whole')?.text ?? '');

/** By number: what the spreadsheet says of being near the line. */
const column = (csv: string, head: string): [number: string, said: string][] => {
  const [heads = [], ...rows] = csv
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .map((row) => row.split(';'));
  const place = heads.indexOf(head);
  return rows.map((row) => [row[1] ?? '', row[place] ?? '']);
};

const words = (html: string): string => parse(html).text.replaceAll('\u00A0', ' ');

describe('the proposal of a shortlist', () => {
  it('marks for who decides exactly the group that the secretary saw, and says what the mark means', async () => {
    const scene = await scored();
    const { state } = granted(await nearLineView(scene.world, { by: secretary, roundId: scene.roundId }));
    const placed = 'placed' in state ? state.placed : [];
    const group = placed.filter(({ near }) => near).map(({ number }) => number);
    await proposedIn(scene);

    expect(group).toHaveLength(4);
    for (const who of [chair, dana]) {
      const { page } = await seated(scene, who);
      for (const locale of ['kk', 'ru', 'en'] as const) {
        const t = translator(locale);
        const html = await page(locale);
        expect(marked(html, t('near-line.mark'))).toEqual(group);
        expect(words(html)).toContain(
          t('near-line.list', { count: 4, places: 3, level: 84 }).replaceAll('\u00A0', ' '),
        );
      }
    }
  });

  it('marks the same group in a spreadsheet, in each language', async () => {
    const scene = await scored();
    const { line, standings } = await proposedIn(scene);
    const group = standings.filter(({ applicationId }) => line?.near.includes(applicationId));
    const { list } = await seated(scene, chair);

    expect(group).toHaveLength(4);
    for (const locale of ['kk', 'ru', 'en'] as const) {
      const t = translator(locale);
      const said = column(await list(locale), t('near-line.mark'));
      expect(said).toHaveLength(standings.length);
      expect(said.filter(([, text]) => text === t('common.yes')).map(([number]) => number)).toEqual(
        group.map(({ number }) => number),
      );
      expect(said.filter(([, text]) => text === t('common.no'))).toHaveLength(standings.length - 4);
    }
  });

  it('says nothing of an application in conflict of interest, on the page and to programs', async () => {
    const scene = await scored();
    const { line } = await proposedIn(scene);
    const applicationId = nth(line?.near ?? [], 1);
    const raters = await ratersOf(scene.world, applicationId);
    const by = members.find(({ id }) => !raters.some((rater) => rater.id === id)) ?? dana;
    granted(await declareOwnConflict(scene.world, { by, roundId: scene.roundId, applicationId }));
    const again = await proposedIn(scene);
    const { page, api, list } = await seated(scene, by);
    const html = await page();

    expect(again.line?.near).toContain(applicationId);
    const others = again.line?.near.filter((id) => id !== applicationId) ?? [];
    const seen = { places: 3, level: 84, near: others };
    expect([(await api()).list.line, (await api('lists/ranking')).line]).toEqual([seen, seen]);
    expect(marked(html, 'near the line')).toHaveLength(others.length);
    expect(words(html)).toContain(`${others.length} applications cannot be told apart`);
    expect(JSON.stringify(await api())).not.toContain(applicationId);
    const csv = await list();
    const said = column(csv, 'near the line');
    expect(said.filter(([, text]) => text === 'Yes')).toHaveLength(others.length);
    expect(said.filter(([number]) => !number.startsWith('KZ19')).map(([, text]) => text)).toEqual(['']);
  });

  it('says that it cannot be known, where no two raters have rated two together', async () => {
    const { shortlist, ...rest } = aShownFile();
    const scene = await aNearLineScene(2, {}, { ...rest, shortlist: { ...shortlist, atMost: 1 } });
    await scoreByQuality(scene);
    const { line } = await proposedIn(scene);

    expect(line).toEqual({ places: 1, level: 84, near: [], unknown: true });
    expect(words(await (await seated(scene)).page())).toContain('This does not mean that the line is clear');
    const csv = await (await seated(scene, chair)).list();
    expect(column(csv, 'near the line').map(([, text]) => text)).toEqual(['not known', 'not known']);
  });

  it('says that the line is clear where it is, and nothing where there is no last place', async () => {
    const clear = await aNearLineScene(6, {}, aShownFile());
    await scoreByQuality(clear, [1, 0.95, 0.9, 0.15, 0.1, 0.05]);
    expect((await proposedIn(clear)).line?.near).toEqual([]);
    expect(words(await (await seated(clear)).page())).toContain('None of the applications listed has');

    const { shortlist, ...rest } = aShownFile();
    const { atMost: _none, ...open } = shortlist;
    const endless = await aNearLineScene(4, {}, { ...rest, shortlist: open });
    await scoreByQuality(endless);
    expect((await proposedIn(endless)).line).toBeUndefined();
    expect(await (await seated(endless, chair)).list()).not.toContain('near the line');
  });
});
