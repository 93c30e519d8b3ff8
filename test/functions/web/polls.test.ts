import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { anOpenPoll, aPollScene } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { auditor, chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** The committee at its pages, with a ballot open on the group at the line. */
const aTable = async (scene?: Awaited<ReturnType<typeof aPollScene>>) => {
  const poll = scene ?? (await anOpenPoll());
  const { world, roundId } = poll;
  const site = aSelectionSite(world);
  const [desk, member, other] = [
    await site.staff(secretary),
    await site.staff(dana),
    await site.staff(erlan),
  ];
  const numbers = poll.near.map(poll.numberOf);
  const round = `/en/committee/rounds/${roundId}`;
  const page = `${round}/ballots`;
  /** Places of those near the line, as a form sends them. */
  const ranks = (...places: readonly (string | undefined)[]): [string, string][] =>
    numbers.map((number, index) => [`rank-${number}`, places[index] ?? '']);
  return { ...poll, site, desk, member, other, numbers, round, page, ranks };
};

/** What a page says, its spaces as one. */
const said = (text: string): string =>
  parse((parse(text).querySelector('main')?.outerHTML ?? '').replaceAll('<', ' <')).textContent.replaceAll(
    /[\s\u00A0]+/gu,
    ' ',
  );

/** Of each box of the form what is chosen in it. */
const chosenIn = (text: string): string[] =>
  parse(text)
    .querySelectorAll('select[name^="rank-"]')
    .map((box) => box.querySelector('option[selected]')?.getAttribute('value') ?? '');

describe('the pages of a ballot', () => {
  it('go from the group at the line to one order, without scripts', async () => {
    const { desk, member, other, page, round, ranks, numbers } = await aTable(await aPollScene());
    const before = await desk.get(page);
    expect(said(before.text)).toContain(`4 applications: ${numbers.join(', ')}`);
    expect((await member.get(page)).text).not.toContain('name="group"');

    expect(await desk.post(page, { group: 'yes', numbers: '' })).toMatchObject({
      status: 303,
      location: `${page}?done=ballots.done.opened`,
    });
    expect(await member.post(`${page}/1`, [['seen', '0'], ...ranks('2', '1', '3', '3')])).toMatchObject({
      status: 303,
      location: `${page}/1?done=ballots.done.cast`,
    });
    await other.post(`${page}/1`, [['seen', '0'], ...ranks('2', '1')]);
    expect(said((await desk.get(round)).text)).toContain('2 of 5 members have ranked');
    expect(await desk.post(`${page}/1/closing`, {})).toMatchObject({
      status: 303,
      location: `${page}/1?done=ballots.done.closed`,
    });

    const { text } = await other.get(`${page}/1`);
    const rows = parse(text).querySelectorAll('#ballot table')[0]?.querySelectorAll('tbody tr') ?? [];
    expect(rows.map((row) => row.querySelector('th')?.textContent).slice(0, 2)).toEqual([
      numbers[1],
      numbers[0],
    ]);
    expect(said(text)).toContain('2 of 5 members’ ballots count.');
    expect(said(text)).toContain(`More ballots place ${numbers[1]} above each other application`);
    expect(said(text)).toContain('This decides nothing.');
    const gate = said((await desk.get(round)).text);
    expect(gate).toContain(`1. ${numbers[1]}; 2. ${numbers[0]}; 3.`);
  });

  it('list applications by number and show a member their own ballot, to be changed', async () => {
    const { member, other, page, ranks, numbers } = await aTable();
    await member.post(`${page}/1`, [['seen', '0'], ...ranks('3', '', '1', '2')]);
    const { text } = await member.get(page);
    const boxes = parse(text).querySelectorAll('select[name^="rank-"]');

    expect(boxes.map((box) => box.getAttribute('name'))).toEqual(
      numbers.toSorted().map((one) => `rank-${one}`),
    );
    const places = new Map(numbers.map((number, index) => [number, ['3', '', '1', '2'][index]]));
    expect(chosenIn(text)).toEqual(numbers.toSorted().map((one) => places.get(one)));
    expect(said(text)).toContain('version 1');
    expect(chosenIn((await other.get(page)).text)).toEqual(['', '', '', '']);
    await member.post(`${page}/1`, [['seen', '1'], ...ranks('1', '2')]);
    await member.post(`${page}/1`, [['seen', '1'], ...ranks('1', '2')]);
    expect(said((await member.get(page)).text)).toContain('version 2');
  });

  it('give back what was chosen where another window was first', async () => {
    const { member, page, ranks, numbers } = await aTable();
    await member.post(`${page}/1`, [['seen', '0'], ...ranks('1', '2')]);
    const { status, text } = await member.post(`${page}/1`, [['seen', '0'], ...ranks('4', '3')]);

    expect(status).toBe(409);
    expect(chosenIn(text).toSorted()).toEqual(['', '', '3', '4']);
    expect(said(text)).toContain(`1. ${numbers[0]}; 2. ${numbers[1]}; no place:`);
    const seen = parse(text).querySelector('input[name="seen"]')?.getAttribute('value') ?? '';
    expect((await member.post(`${page}/1`, [['seen', seen], ...ranks('4', '3')])).status).toBe(303);
  });

  it('tell who ranks too late, with what they chose', async () => {
    const { desk, member, other, page, ranks, numbers } = await aTable();
    await other.post(`${page}/1`, [['seen', '0'], ...ranks('1')]);
    await desk.post(`${page}/1/closing`, {});
    const { status, text } = await member.post(`${page}/1`, [['seen', '0'], ...ranks('2', '1')]);

    expect(status).toBe(409);
    expect(said(text)).toContain('The ballot is over');
    expect(said(text)).toMatch(new RegExp(`${numbers[0]} 2 ${numbers[1]} 1`));
    expect(text).toContain(`href="${page}/1"`);
  });

  it('come back with what is wrong', async () => {
    const { desk, member, page, numbers, ranks } = await aTable();
    const empty = await member.post(`${page}/1`, [['seen', '0'], ...ranks()]);
    expect([empty.status, said(empty.text)]).toEqual([
      422,
      expect.stringContaining('at least one application'),
    ]);
    expect(empty.text).toContain(`href="#rank-${numbers.toSorted()[0]}"`);
    const wrong = await member.post(`${page}/1`, [['seen', '0'], ...ranks('1', '9', 'x')]);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain(`href="#rank-${numbers[1]}"`);
    expect(wrong.text).toContain(`href="#rank-${numbers[2]}"`);
    expect(chosenIn(wrong.text).filter((one) => one === '1')).toHaveLength(1);

    const nobody = await desk.post(`${page}/1/closing`, {});
    expect([nobody.status, nobody.text]).toEqual([422, expect.stringContaining('href="#close"')]);
    const unexplained = await desk.post(`${page}/1/annulling`, { reason: '' });
    expect([unexplained.status, unexplained.text]).toEqual([422, expect.stringContaining('href="#reason"')]);
    expect((await desk.post(page, { numbers: numbers.join('\n') })).status).toBe(303);
    for (const wrongPoll of ['0', '2', 'x', '1e3']) {
      expect((await member.post(`${page}/${wrongPoll}`, ranks('1'))).status).toBe(404);
      expect((await member.get(`${page}/${wrongPoll}`)).status).toBe(404);
    }
    expect((await member.post(`${page}/1`, [['seen', 'x'], ...ranks('1')])).status).toBe(409);
    expect((await member.post(`${page}/1/closing`, {})).status).toBe(403);
  });

  it('keep an application from who is in conflict with it', async () => {
    const { world, roundId, near, applications, desk, member, other, page, numbers, ranks } = await aTable();
    const kept = applications.find(({ id }) => id === near[0]);
    await inConflictWith(world, roundId, kept?.id ?? ('' as never), [dana.id]);
    expect((await member.get(page)).text).not.toContain(numbers[0]);
    await member.post(`${page}/1`, [['seen', '0'], ...ranks('', '1', '2', '3')]);
    await other.post(`${page}/1`, [['seen', '0'], ...ranks('1')]);
    await desk.post(`${page}/1/closing`, {});
    const { text } = await member.get(`${page}/1`);

    expect(text).not.toContain(numbers[0]);
    expect(said(text)).toContain('conflict of interest');
    const { text: csv } = await member.get(`${page}/1/files/result.csv`);
    expect(csv).not.toContain(numbers[0]);
    expect((await desk.get(`${page}/1/files/result.csv`)).text).toContain(numbers[0]);
  });

  it('lead to a departure that names it, where the round file allows one', async () => {
    const allowed = await anOpenPoll((file) => ({
      ...file,
      shortlist: { ...file.shortlist, departures: 'with-reason' },
    }));
    const { desk, member, page, round, ranks, numbers } = await aTable(allowed);
    await member.post(`${page}/1`, [['seen', '0'], ...ranks('2', '1', '3', '4')]);
    await desk.post(`${page}/1/closing`, {});
    const link = parse((await member.get(`${page}/1`)).text).querySelector('a[href*="cite="]');
    expect(link?.getAttribute('href')).toBe(`${round}?cite=1#departure`);
    const { text } = await member.get(`${round}?cite=1`);
    expect(parse(text).querySelector('#departureReason')?.textContent).toContain(
      `1. ${numbers[1]}; 2. ${numbers[0]}`,
    );
    expect(parse(text).querySelector('#departure details[open]')).not.toBeNull();
    expect((await desk.get(`${page}/1`)).text).not.toContain('cite=');
    expect(
      parse((await member.get(`${round}?cite=7`)).text)
        .querySelector('#departureReason')
        ?.textContent.trim(),
    ).toBe('');
  });

  it.for(locales)('are there before and after, in %s', async (locale) => {
    const { desk, site, roundId, cast } = await aTable();
    const t = translator(locale);
    const page = `/${locale}/committee/rounds/${roundId}/ballots`;
    expect((await desk.get(`/${locale}/committee/rounds/${roundId}`)).text).toContain(`href="${page}"`);
    for (const by of [chair, ...members]) granted(await cast(by, [1, 0, 3]));
    await desk.post(`${page}/1/closing`, {});
    expect((await desk.get(`${page}/1/closing`)).location).toBe(`${page}/1`);
    const reader = await site.staff(auditor);
    expect(said((await reader.get(page)).text)).toContain(t('ballots.result'));
    await desk.post(`${page}/1/annulling`, { reason: 'Пропущено заявление.' });
    const { text } = await reader.get(page);
    expect(said(text)).toContain('Пропущено заявление.');
    expect(said(text)).not.toContain(t('ballots.result'));
    const { text: history } = await desk.get(`/${locale}/manage/rounds/${roundId}/history`);
    for (const type of ['poll-opened', 'ballot-cast', 'poll-closed', 'poll-annulled'] as const) {
      expect(history).toContain(t(`watch.event.${type}`));
    }
  });
});

describe('a ballot by the API', () => {
  it('is opened, cast, closed and read as by its pages', async () => {
    const { desk, member, roundId, near } = await aTable(await aPollScene());
    const path = `/api/rounds/${roundId}/ballots`;
    const read = async (who: typeof desk) => JSON.parse((await who.get(path)).text);
    expect(await read(desk)).toEqual({ leads: true, polls: [] });
    const opened = await desk.json('POST', path, { group: true, numbers: [] });
    expect([opened.status, JSON.parse(opened.text)]).toEqual([201, { poll: 1 }]);
    expect((await read(member)).polls[0]).toMatchObject({
      state: 'open',
      asked: 5,
      cast: 0,
      own: { seen: 0 },
    });

    const ranks = [{ applicationId: near[2], rank: 1 }];
    expect((await member.json('PUT', `${path}/1/own`, { seen: 0, ranks })).status).toBe(200);
    expect((await member.json('PUT', `${path}/1/own`, { seen: 0, ranks: [] })).status).toBe(422);
    expect((await member.json('PUT', `${path}/9/own`, { seen: 0, ranks })).status).toBe(404);
    expect(
      (await member.json('PUT', `${path}/1/own`, { seen: 0, ranks: [{ applicationId: 'X', rank: 1 }] }))
        .status,
    ).toBe(422);
    expect((await read(desk)).polls[0]).not.toHaveProperty('own');
    expect((await desk.json('POST', `${path}/1/closing`, {})).status).toBe(200);
    const [closed] = (await read(member)).polls;
    expect(closed).toMatchObject({
      state: 'closed',
      result: { ballots: 1, voters: 5, smith: 1, margins: 'alike' },
    });
    expect(closed.result.order[0]).toMatchObject({ place: 1, application: near[2], beats: 3 });
    expect((await desk.json('POST', `${path}/1/annulling`, { reason: '' })).status).toBe(422);
    expect((await desk.json('POST', `${path}/1/annulling`, { reason: 'x' })).status).toBe(200);
    expect((await read(member)).polls[0]).not.toHaveProperty('result');
  });
});
