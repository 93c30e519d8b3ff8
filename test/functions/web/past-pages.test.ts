import { parse } from 'node-html-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { archived } from '#functions/web/replay/archived.ts';
import { leadsAt } from '#functions/web/replay/pages.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { anInterviewRoundIn } from '#test/builders/interview-scenes.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { panelKept } from '#test/builders/panels.ts';
import { aTickingWorld } from '#test/builders/scenes.ts';
import { auditor, chair, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** A closed round, and everybody who may look back at it. */
const scene = async () => {
  const world = aTickingWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  world.clock.pass(60);
  const site = aCommitteeSite(world);
  const seats = {
    administrator: await site.signIn(theAdministrator),
    auditor: await site.signIn(auditor),
    chair: await site.signIn(chair),
    secretary: await site.signIn(secretary),
  };
  const one = `/screening/${applications[0]?.id}`;
  return { now: world.clock.now(), roundId, seats, one };
};

let given: Awaited<ReturnType<typeof scene>>;
beforeAll(async () => {
  given = await scene();
}, 60_000);

const past = (until: string, tail: string, locale = 'en'): string =>
  `/${locale}/committee/rounds/${given.roundId}/replay/${until}${tail}`;

/** Page, who reads it, and where it stands today. */
const pages = (): readonly (readonly [tail: string, seat: Seat, area: string])[] => {
  const { administrator, auditor: looking, chair: leading, secretary: writing } = given.seats;
  const work = 'committee/rounds';
  return [
    ['', leading, work],
    ['', looking, work],
    ['/screening', writing, work],
    [given.one, leading, work],
    [`${given.one}/timeline`, leading, work],
    ['/scoring', writing, work],
    ['/interviews', writing, work],
    ['/claims', leading, work],
    ['/offers', administrator, 'manage/rounds'],
    ['/offers?made=number&show=declined', looking, 'manage/rounds'],
    ['/capacities', administrator, 'manage/rounds'],
    ['/results?order=total', leading, 'calls'],
    ['/vacancies?page=2', leading, 'calls'],
  ];
};

/** What stands under the banner. */
const shown = (html: string): string =>
  parse(html).querySelector('main > div[class^="page-"]')?.toString() ?? '';

/** A moment of every stage: at each there is something to press for those who work then. */
const moments = [
  '2022-10-04T13:01:30.000Z',
  '2022-10-04T13:02:00.040Z',
  '2022-10-24T09:00:00.000Z',
  '2022-10-24T10:00:00.012Z',
  '2022-11-05T04:00:00.000Z',
  '2022-11-14T05:00:00.012Z',
  '2022-12-01T04:00:00.000Z',
] as const;

describe('a page of the past', () => {
  it('is at this moment the page of today, without what can be pressed', async () => {
    const leads = leadsAt('en', given.roundId, given.now);
    for (const [tail, seat, area] of pages()) {
      const live = await seat.get(`/en/${area}/${given.roundId}${tail}`);
      const then = await seat.get(past(given.now, tail));

      expect([tail, live.status, then.status]).toEqual([tail, 200, 200]);
      const today = archived(live.text, { banner: '', title: '', leads, back: '' });
      expect(shown(then.text), tail).toBe(shown(today));
      expect(shown(then.text).length, tail).toBeGreaterThan(200);
    }
  });

  it('can be pressed nowhere, and leads to pages of its moment alone', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    let found = 0;
    for (const moment of moments) {
      // Panels have no page once a round is closed.
      const panels = ['/interviews/panels', given.seats.secretary] as const;
      for (const [tail, seat] of [...pages(), panels]) {
        const { status, text } = await seat.get(past(moment, tail));
        if (status !== 200) continue;
        found += 1;
        const content = parse(shown(text));
        const hrefs = [...content.querySelectorAll('a'), ...content.querySelectorAll('form')].map(
          (one) => one.getAttribute('href') ?? one.getAttribute('action') ?? '',
        );
        const acts = content.querySelectorAll('th').filter((one) => one.text === 'Change');
        if (acts.length > 0) wrong.push(`${moment}${tail}: a column of what can be done`);
        if (content.querySelector('form[method=post]')) wrong.push(`${moment}${tail}: a form`);
        for (const href of hrefs.filter((one) => one.startsWith('/') && !one.startsWith(past(moment, '')))) {
          wrong.push(`${moment}${tail}: ${href}`);
        }
      }
    }

    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(60);
  });
});

describe('the frame of a page of the past', () => {
  it('says when, and leads to the change before, the next one and today', async () => {
    const { text } = await given.seats.auditor.get(past('2022-11-14T05:00:00.012Z', '/offers?show=open'));
    const main = parse(text).querySelector('main');
    const links = main?.querySelectorAll('.govuk-inset-text a').map((one) => one.getAttribute('href')) ?? [];

    expect(parse(text).querySelector('title')?.text).toMatch(
      /^14 November 2022 at 11:00:00\.012 \(UTC\+06:00\): Offers and posts/,
    );
    expect(main?.text).toContain('Nothing on it can be changed.');
    expect(links.slice(0, 3)).toEqual([
      past('2022-11-14T05:00:00.011Z', '/offers?show=open'),
      past('2022-11-14T05:00:00.013Z', '/offers?show=open'),
      `/en/manage/rounds/${given.roundId}/offers`,
    ]);
    expect(links).toContain(past('2022-11-14T05:00:00.012Z', '/results'));
    expect(links).not.toContain(past('2022-11-14T05:00:00.012Z', '/claims'));
  });

  it('names moments of one second by their milliseconds, others as everywhere', async () => {
    const { auditor: looking } = given.seats;
    const banner = async (until: string, locale: string) =>
      parse((await looking.get(past(until, '/offers', locale))).text)
        .querySelectorAll('.govuk-inset-text a')
        .slice(0, 2)
        .map(({ text }) => text);

    expect(await banner('2022-11-14T05:00:00.012Z', 'en')).toEqual([
      'The change before that one: 14 November 2022 at 11:00:00.011 (UTC+06:00)',
      'The next change: 14 November 2022 at 11:00:00.013 (UTC+06:00)',
    ]);
    expect((await banner('2022-11-14T05:00:00.012Z', 'ru'))[1]).toContain('11:00:00,013 (UTC+06:00)');
    expect((await banner('2022-11-14T05:00:00.012Z', 'kk'))[1]).toContain('11:00:00,013 (UTC+06:00)');
  });

  it('says whose role of today opens a day on which they had not got it', async () => {
    const { auditor: looking, secretary: writing } = given.seats;
    const before = await looking.get(past('2022-11-14T05:00:00.012Z', '/offers'));
    const today = await looking.get(past(given.now, '/offers'));
    const seated = await writing.get(past('2022-11-05T04:00:00.000Z', '/claims'));

    const since = 'you did not hold the role “auditor”';
    expect(before.text).toContain(since);
    expect(today.text).not.toContain(since);
    expect(seated.text).not.toContain('you did not hold the role');
  });
});

describe('whoever looks at a page of the past', () => {
  it('finds it in every language', async () => {
    for (const locale of ['kk', 'ru', 'en']) {
      for (const [tail, seat] of pages()) {
        expect((await seat.get(past(given.now, tail, locale))).status).toBe(200);
      }
    }
  });

  it('finds it by a moment that was typed by the clocks of the round', async () => {
    const { administrator } = given.seats;
    const way = (query: string) => administrator.get(past('at', `?${query}`));

    expect(await way('page=/offers&until=2022-12-01T10:00')).toMatchObject({
      status: 303,
      location: past('2022-12-01T04:00:00.000Z', '/offers'),
    });
    expect((await way('page=/offers&until=')).location).toBe(past(given.now, '/offers'));
    expect((await way('page=/offers&until=2022-12-01T10:00:07')).location).toBe(
      past('2022-12-01T04:00:07.000Z', '/offers'),
    );
    for (const [until, type] of [
      ['gestern', 'text'],
      ['5.11.2031 10:00:07', 'text'],
      ['2031-01-01T00:00', 'datetime-local'],
      ['2021-01-01T00:00:07', 'datetime-local'],
    ] as const) {
      const { status, text } = await way(`page=/offers&until=${encodeURIComponent(until)}`);
      expect(status).toBe(422);
      const field = parse(text).querySelector('#until');
      expect(field?.getAttribute('value')).toBe(until);
      expect(field?.getAttribute('type')).toBe(type);
      expect(parse(text).querySelector('#until-error')?.text).toContain('Choose a moment between');
      expect(parse(text).querySelector('input[name=page]')?.getAttribute('value')).toBe('/offers');
    }
    expect((await way('page=//example.com')).status).toBe(404);
    expect((await way('page=/letters')).status).toBe(404);
  });

  it('may open it as then', async () => {
    const { administrator, secretary: writing } = given.seats;
    expect((await administrator.get(past(given.now, '/claims'))).status).toBe(403);
    expect((await writing.get(past(given.now, '/offers'))).status).toBe(403);
    expect((await writing.get(past(moments[0], '/claims'))).status).toBe(409);
    for (const until of ['yesterday', at('2030-01-01T00:00'), at('2021-01-01T00:00')]) {
      expect((await writing.get(past(until, '/screening'))).status).toBe(422);
    }
  });

  it('comes to it from the overview of the moment, and from the board', async () => {
    const { auditor: looking, administrator } = given.seats;
    const overview = await looking.get(`/en/committee/rounds/${given.roundId}/replay?until=${moments[5]}`);
    expect(overview.text).toContain(`href="${past(moments[5], '/offers')}"`);
    const board = await administrator.get(`/en/manage/rounds/${given.roundId}/offers`);
    expect(board.text).toContain(`href="${past('at', '?page=/offers')}"`);
  });
});

describe('panels of the past', () => {
  it('stand as they were composed then, and can be composed anew by nobody', async () => {
    const world = aTickingWorld();
    const { roundId } = await anInterviewRoundIn(world);
    const { id } = await panelKept(world, roundId, { place: 'Кабинет 12' });
    const then = world.clock.now();
    world.clock.pass(60);
    await panelKept(world, roundId, { panel: id, place: 'Кабинет 40' });
    world.clock.pass(60);
    const writing = await aCommitteeSite(world).signIn(secretary);

    const { status, text } = await writing.get(
      `/kk/committee/rounds/${roundId}/replay/${then}/interviews/panels`,
    );

    expect(status).toBe(200);
    expect(text).toContain('Кабинет 12');
    expect(text).not.toContain('Кабинет 40');
    expect(parse(shown(text)).querySelector('form[method=post]')).toBeNull();
    const today = await writing.get(`/kk/committee/rounds/${roundId}/interviews/panels`);
    expect(today.text).toContain('Кабинет 40');
  });
});
