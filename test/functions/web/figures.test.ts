import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import {
  anApplicant,
  aScreeningIn,
  auditor,
  chair,
  dana,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

/** Thirteen who all want a post of one district; six need no dwelling there, and all have a child of kindergarten age. */
const screened = async () => {
  const world = aWorld();
  const forms = Array.from({ length: 13 }, (_none, index) => ({
    housingNeeded: index < 6 ? 'no' : 'yes',
    equalityGender: index < 5 ? 'man' : 'woman',
    equalityDisability: index === 0 ? 'yes' : 'no',
  }));
  const { roundId, applications } = await aScreeningIn(world, forms);
  const site = aCommitteeSite(world);
  const page = (kind: string) => `/en/manage/rounds/${roundId}/${kind}`;
  const api = (kind: string) => `/api/rounds/${roundId}/${kind}`;
  return { world, roundId, applications, site, page, api };
};

const rowsIn = (text: string): string[][] =>
  [...text.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  );

const linesOf = (text: string): string[] => text.replace('\uFEFF', '').trim().split('\r\n');

describe('what households need', () => {
  it('is counted by the secretary, once, and read as page, files and from the API', async () => {
    const { site, page, api } = await screened();
    const seat = await site.signIn(secretary);

    expect((await seat.get(page('household'))).text).toContain('Counted now: everybody with a submitted');
    expect(JSON.parse((await seat.get(api('household'))).text)).toEqual({});
    expect((await seat.get(`${page('household')}/figures.csv`)).status).toBe(404);
    expect((await seat.post(page('household'))).location).toBe(page('household'));

    const [head, district, all] = rowsIn((await seat.get(page('household'))).text);
    expect(head?.slice(0, 3)).toEqual(['District', 'Applications', 'Dwellings']);
    expect(district?.slice(1)).toEqual(['13', '7', 'not shown', 'not shown', 'not shown', 'not shown']);
    expect(all?.slice(0, 4)).toEqual(['All', '13', '7', 'not shown']);
    const csv = linesOf((await seat.get(`${page('household')}/figures.csv`)).text);
    expect(csv[1]).toMatch(/;13;7;not shown;not shown;not shown;not shown$/);
    expect((await seat.get(`${page('household')}/figures.xlsx`)).text.startsWith('PK')).toBe(true);
    const { figures } = JSON.parse((await seat.get(api('household'))).text);
    expect(figures.needs[0]).toEqual({ need: 'housingNeeded', line: { cells: [7], together: null } });
  });

  it('stays as it was counted, so that a second look tells nothing of who left meanwhile', async () => {
    const { world, applications, site, page, api } = await screened();
    const seat = await site.signIn(administrator);
    const first = (await seat.send('POST', api('household'))).text;
    const [gone] = applications;
    if (!gone) throw new Error('Nobody applied.');
    const by = anApplicant(0);
    granted(await withdrawApplication(world, { by, applicationId: gone.id, reasonCode: 'personal' }));
    world.clock.pass(600);

    expect((await seat.send('POST', api('household'))).text).toBe(first);
    expect((await seat.post(page('household'))).status).toBe(303);
    expect((await seat.get(api('household'))).text).toBe(first);
    expect(JSON.parse(first).figures.places[0].people).toBe(13);
  });

  it('is nobody else’s', async () => {
    const { site, page, api } = await screened();

    for (const who of [chair, auditor]) {
      const seat = await site.signIn(who);
      expect((await seat.get(page('household'))).status).toBe(403);
      expect((await seat.send('POST', api('household'))).status).toBe(403);
    }
    const other = await site.signIn({ ...stranger, role: 'secretary' });
    expect((await other.get(page('household'))).status).toBe(404);
  });
});

describe('answers about equality', () => {
  it('are counted for administrators, without small numbers, and kept as no more than that', async () => {
    const { world, roundId, site, page } = await screened();
    const seat = await site.signIn(administrator);

    expect((await seat.post(page('equality'))).status).toBe(303);
    const { text } = await seat.get(page('equality'));

    expect(text).toContain('13 applications were counted.');
    const gender = rowsIn(text)
      .slice(1, 6)
      .map(([name, people]) => [name, people]);
    expect(gender).toEqual([
      ['I would rather not say', 'not shown'],
      ['Left out', 'not shown'],
      ['A man', 'not shown'],
      ['A woman', '8'],
      ['Not shown, together', '5'],
    ]);
    const round = await world.records.history('round', roundId);
    const drawn = round.at(-1)?.fact ?? {};
    expect(drawn).toMatchObject({ type: 'figures-drawn', kind: 'equality' });
    const kept = JSON.parse(await world.records.blob(String(Reflect.get(drawn, 'data'))));
    expect(kept.questions[1].line).toEqual({ cells: [null, null, null, null], together: 13 });
  });

  it('are shown to nobody on the committee, also where they administer the region', async () => {
    const { site, page, api } = await screened();
    const member = await site.signIn(dana);
    expect((await member.get(page('equality'))).status).toBe(403);
    const seat = await site.signIn({ ...chair, role: 'administrator' });

    expect((await seat.get(page('equality'))).status).toBe(403);
    expect((await seat.send('POST', api('equality'))).status).toBe(403);
    expect((await seat.get(`${page('equality')}/figures.csv`)).status).toBe(403);
  });
});
