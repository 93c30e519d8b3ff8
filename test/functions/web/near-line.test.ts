import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aFileWithMinimums } from '#test/builders/marks.ts';
import { aNearLineScene, aShownFile, qualities, scoreByQuality } from '#test/builders/near-line.ts';
import { chair, dana, secretary } from '#test/builders/selection.ts';

const scored = async (file?: ReturnType<typeof aShownFile>) => {
  const scene = await aNearLineScene(qualities.length, {}, file);
  await scoreByQuality(scene);
  const site = aCommitteeSite(scene.world);
  const round = `/en/committee/rounds/${scene.roundId}`;
  const api = `/api/rounds/${scene.roundId}/near-line`;
  return { ...scene, seat: await site.signIn(secretary), site, round, page: `${round}/near-line`, api };
};

const basisIn = (html: string): string =>
  parse(html).querySelector('input[name=basis]')?.getAttribute('value') ?? '';

/** The page of the secretary in each language, in a round by such a file. */
const pages = async (file: ReturnType<typeof aShownFile>) => {
  const { world, roundId } = await aNearLineScene(2, {}, file);
  const seat = await aCommitteeSite(world).signIn(secretary);
  return await Promise.all(
    locales.map(async (locale) => (await seat.get(`/${locale}/committee/rounds/${roundId}/near-line`)).text),
  );
};

describe('the page near the line', () => {
  it('shows the group with its ranks and what it costs, and asks with one press', async () => {
    const { seat, page } = await scored();
    const before = (await seat.get(page)).text;

    expect(parse(before).querySelectorAll('#near tbody tr')).toHaveLength(4);
    expect(before).toContain('Ask one more rater for 4 applications');
    expect(before).toContain('6 of the budget remain then');
    const asked = await seat.post(page, { basis: basisIn(before) });
    expect([asked.status, asked.location]).toEqual([303, `${page}?done=near-line.done`]);
    expect((await seat.get(page)).text).toContain('4 scores are still to come');
  });

  it('says that whoever misses the least of one part is not counted in its ranks, in three languages', async () => {
    const { raters, shortlist } = aShownFile();

    for (const [index, text] of (await pages(aFileWithMinimums({ raters, shortlist }))).entries())
      expect(text).toContain(translator(locales[index] ?? 'kk')('near-line.minimums'));
    for (const text of await pages(aShownFile()))
      expect(text).not.toContain(translator('en')('near-line.minimums'));
  });

  it('asks once for two presses, and nobody for a page that is no longer true', async () => {
    const { seat, page, api } = await scored();
    const basis = basisIn((await seat.get(page)).text);

    for (const _ of [1, 2]) expect((await seat.post(page, { basis })).status).toBe(303);
    expect(JSON.parse((await seat.get(api)).text)).toMatchObject({
      spent: 4,
      state: 'awaited',
      remaining: 4,
    });
    expect((await seat.post(page, { basis: 'f'.repeat(64) })).status).toBe(409);
    expect((await seat.post(page, {})).status).toBe(409);
    expect(JSON.parse((await seat.get(api)).text)).toMatchObject({ spent: 4 });
  });

  it('is the same for a program', async () => {
    const { seat, page, api } = await scored();
    const answer = JSON.parse((await seat.get(api)).text);

    expect(answer).toMatchObject({ places: 3, state: 'due', cost: 4, spent: 0, budget: 10, hidden: 0 });
    expect(answer.basis).toBe(basisIn((await seat.get(page)).text));
    expect(answer.applications.filter(({ near }: { near: boolean }) => near)).toHaveLength(4);
    const asked = await seat.send('POST', api, { basis: answer.basis });
    expect([asked.status, JSON.parse(asked.text)]).toEqual([200, { asked: 4 }]);
  });

  it('is for the secretary alone, and linked for nobody else', async () => {
    const { site, seat, page, round } = await scored();

    for (const who of [chair, dana]) {
      const other = await site.signIn(who);
      expect((await other.get(page)).status).toBe(403);
      expect((await other.get(round)).text).not.toContain('near-line');
    }
    for (const from of [round, `${round}/scoring`]) expect((await seat.get(from)).text).toContain(page);
  });

  it('shows the group where the round file asks nobody for more, and holds nothing up', async () => {
    const { seat, round, page, api } = await scored(aShownFile());
    const { text } = await seat.get(page);

    expect(parse(text).querySelectorAll('#near tbody tr')).toHaveLength(4);
    expect(text).toContain('Nobody is asked for more ratings');
    expect(parse(text).querySelector('h1')?.text).toContain('Applications near the line');
    expect(basisIn(text)).toBe('');
    expect(JSON.parse((await seat.get(api)).text)).toMatchObject({ state: 'over', stop: 'shown', budget: 0 });
    expect((await seat.post(page, { basis: 'f'.repeat(64) })).status).toBe(404);
    for (const from of [round, `${round}/scoring`]) {
      const link = parse((await seat.get(from)).text).querySelector(`a[href="${page}"]`);
      expect(link?.text).toBe('Applications near the line');
    }
    expect((await seat.post(`${round}/proposal`)).status).toBe(303);
  });

  it('holds the proposal up, and says so', async () => {
    const { seat, round } = await scored();
    const answer = await seat.post(`${round}/proposal`);

    expect(answer.status).toBe(409);
    expect(answer.text).toContain('4 applications stand near the line.');
  });
});
