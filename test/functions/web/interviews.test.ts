import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { stationsPlanned } from '#test/builders/panels.ts';
import { aRoundFile, withStations } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const points = (value: string) => ({
  'points.subject-teaching': value,
  'points.pupils': value,
  'points.sample-lesson': value,
  'points.rural-plans': value,
});

const aSite = async (slots = 2) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2) });
  const planned = slots > 0 ? await slotsPlanned(world, scene.roundId, slots) : [];
  const site = aSelectionSite(world);
  const aigul = nth(scene.candidates, 0);
  return { world, site, planned, aigul, bolat: nth(scene.candidates, 1), roundId: scene.roundId };
};

/** Aigul has booked, and it has begun. */
const begun = async () => {
  const place = await aSite();
  granted(await bookInterview(place.world, { ...place.aigul, slotId: nth(place.planned, 0).id }));
  place.world.clock.to(at('2022-10-24T04:15'));
  const page = `/en/committee/rounds/${place.roundId}/interviews/${place.aigul.applicationId}`;
  return { ...place, page };
};

describe('the secretary’s page of interviews', () => {
  it('plans times by the clock of the round, and shows them', async () => {
    const { site, roundId } = await aSite(0);
    const browser = await site.staff(secretary);
    const page = `/en/committee/rounds/${roundId}/interviews`;

    const planned = await browser.post(page, { from: '2022-10-24T10:00', count: '2', place: 'Room 12' });

    expect(planned.location).toContain('done=interview.done.planned');
    const { text } = await browser.get(page);
    // Almaty was six hours ahead of UTC in 2022.
    expect(text).toContain('24 October 2022 at 10:00 (UTC+06:00)');
    expect(text).toContain('Room 12');
  });

  it('gives back what was typed beside what is wrong', async () => {
    const { site, roundId } = await aSite(0);
    const browser = await site.staff(secretary);

    const refused = await browser.post(`/en/committee/rounds/${roundId}/interviews`, {
      from: '2022-10-24T10:00',
      count: 'many',
      place: 'Room 12',
    });

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="many"');
    expect(refused.text).toContain('value="Room 12"');
    expect(refused.text).toContain('Enter a whole number from 1 to 40.');
  });
});

/** What a calendar file says of one of its properties. */
const lineOf = (text: string, name: string) => text.match(new RegExp(`^${name}:(.*)$`, 'm'))?.[1] ?? '';

describe('an applicant’s page of the interview', () => {
  it('books, changes and cancels without a script', async () => {
    const { site, aigul, planned } = await aSite();
    const browser = await site.applicant(aigul.by);
    const page = `/kk/applications/${aigul.applicationId}/interview`;

    expect((await browser.get(page)).text).toContain('Талдықорған, кабинет 12');
    const booked = await browser.post(page, { slot: nth(planned, 0).id });
    expect(booked.location).toBe(`${page}?done=interview.done.booked`);
    expect((await browser.post(page, { slot: nth(planned, 1).id })).status).toBe(303);
    expect((await browser.post(`${page}/cancellation`, {})).location).toContain('interview.done.cancelled');
  });

  it('says that somebody was faster, and what is still free', async () => {
    const { world, site, aigul, bolat, planned } = await aSite();
    granted(await bookInterview(world, { ...bolat, slotId: nth(planned, 0).id }));
    const browser = await site.applicant(aigul.by);

    const late = await browser.post(`/en/applications/${aigul.applicationId}/interview`, {
      slot: nth(planned, 0).id,
    });

    expect(late.status).toBe(409);
    expect(late.text).toContain('The time has just been taken');
    expect(late.text).toContain(nth(planned, 1).id);
  });

  it('has a calendar file for its owner, and for nobody else', async () => {
    const { world, site, aigul, bolat, planned } = await aSite();
    granted(await bookInterview(world, { ...aigul, slotId: nth(planned, 0).id }));
    const file = `/ru/applications/${aigul.applicationId}/interview.ics`;

    const own = await (await site.applicant(aigul.by)).get(file);
    const others = await (await site.applicant(bolat.by)).get(file);

    expect(own.text).toContain('DTSTART:20221024T040000Z\r\nDTEND:20221024T043000Z\r\n');
    expect(own.text).toContain('X-WR-TIMEZONE:Asia/Almaty\r\n');
    expect(others.status).toBe(404);

    granted(await bookInterview(world, { ...aigul, slotId: nth(planned, 1).id }));
    const moved = await (await site.applicant(aigul.by)).get(file);
    expect(moved.text).not.toContain('DTSTART:20221024T040000Z');
    expect(lineOf(moved.text, 'UID')).toBe(lineOf(own.text, 'UID'));
    expect(Number(lineOf(moved.text, 'SEQUENCE'))).toBeGreaterThan(Number(lineOf(own.text, 'SEQUENCE')));
    expect(moved.text).not.toContain('STATUS:CANCELLED');

    granted(await cancelInterview(world, aigul));
    const gone = await (await site.applicant(aigul.by)).get(file);
    expect(gone.text).toContain('STATUS:CANCELLED\r\n');
    expect(lineOf(gone.text, 'UID')).toBe(lineOf(own.text, 'UID'));
    expect(Number(lineOf(gone.text, 'SEQUENCE'))).toBeGreaterThan(Number(lineOf(moved.text, 'SEQUENCE')));
    const never = await (await site.applicant(bolat.by)).get(
      file.replace(aigul.applicationId, bolat.applicationId),
    );
    expect(never.status).toBe(404);
  });
});

describe('a member’s page of one interview', () => {
  it('names the applicant, and notes who read the name', async () => {
    const { world, site, page, aigul } = await begun();

    const { text } = await (await site.staff(chair)).get(page);

    expect(text).toContain('Сапарова Айгүл Ерланқызы');
    expect(await world.readLog.newest(10)).toEqual([
      {
        reader: chair,
        owner: `application#${aigul.applicationId}`,
        what: 'name-only',
        at: world.clock.now(),
      },
    ]);
  });

  it('tells the secretary what is to be arranged, and nobody who judges', async () => {
    const { site, page } = await begun();
    const api = page.replace('/en/committee', '/api');

    const arranged = 'Баспалдақсыз кіру керек.';
    const judging = [await site.staff(chair), await site.staff(nth(members, 0))];
    const seen = await Promise.all(judging.flatMap((one) => [one.get(page), one.get(api)]));
    const arranging = await site.staff(secretary);

    expect(seen.map(({ status, text }) => [status, text.includes(arranged)])).toEqual(
      seen.map(() => [200, false]),
    );
    for (const path of [page, api]) expect((await arranging.get(path)).text).toContain(arranged);
  });

  it('asks everybody the questions of the round file, each with what an answer is worth', async () => {
    const { site, page } = await begun();
    const { criteria } = aRoundFile().interviews;
    const asked = criteria.flatMap(({ questions = [] }) => questions);
    const member = await site.staff(chair);

    for (const locale of ['kk', 'ru', 'en'] as const) {
      const { text } = await member.get(page.replace('/en/', `/${locale}/`));
      const lines = parse(text)
        .querySelectorAll('main li')
        .map((line) => line.text);
      for (const { ask, anchors = [] } of asked) {
        expect(lines.filter((line) => line.startsWith(ask[locale]))).toHaveLength(1);
        expect(lines).toEqual(
          expect.arrayContaining(anchors.map(({ points: worth, text: said }) => `${worth}: ${said[locale]}`)),
        );
      }
    }
    expect(asked.length).toBeGreaterThan(0);
  });

  it('hides the points of others until the own are in', async () => {
    const { site, page } = await begun();
    const [first, second] = [await site.staff(nth(members, 0)), await site.staff(nth(members, 1))];
    expect((await first.post(page, points('4'))).status).toBe(303);

    expect((await second.get(page)).text).not.toContain('another one, 1');
    await second.post(page, points('2'));
    expect((await second.get(page)).text).toContain('another one, 1');
  });

  it('gives an incomplete scorecard back with what was chosen', async () => {
    const { site, page } = await begun();
    const { 'points.pupils': _left, ...rest } = points('3');

    const refused = await (await site.staff(nth(members, 0))).post(page, rest);

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose points for this criterion.');
    expect(refused.text.match(/value="3" checked/g)).toHaveLength(3);
  });

  it('is the same in the API, where scorecards of others carry no name of a member', async () => {
    const { site, roundId, aigul } = await begun();
    const [first, second] = [await site.staff(nth(members, 0)), await site.staff(nth(members, 1))];
    const path = `/api/rounds/${roundId}/interviews/${aigul.applicationId}`;
    const card = { points: { 'subject-teaching': 4, pupils: 4, 'sample-lesson': 4, 'rural-plans': 4 } };

    expect((await first.json('PUT', `${path}/scorecard`, card)).status).toBe(204);
    expect(JSON.parse((await second.get(path)).text)).not.toHaveProperty('others');
    await second.json('PUT', `${path}/scorecard`, card);
    const { others } = JSON.parse((await second.get(path)).text);
    const comments = { committee: '', applicant: '' };
    expect(others).toEqual([{ points: card.points, comments, total: 100, at: '2022-10-24T04:15:00.000Z' }]);
  });
});

/** Aigul has booked a time of two stations. */
const bookedAtStations = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: withStations() });
  const aigul = nth(candidates, 0);
  const slot = nth(await stationsPlanned(world, roundId, 1), 0);
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  return { world, roundId, aigul, site: aSelectionSite(world) };
};

describe('an interview of several stations', () => {
  it('is one appointment for the applicant, on the page, in the calendar and in the API', async () => {
    const { site, aigul } = await bookedAtStations();
    const browser = await site.applicant(aigul.by);

    const { text } = await browser.get(`/en/applications/${aigul.applicationId}/interview`);
    expect(text).toContain('10:00–10:20 Demo lesson, 204-бөлме');
    expect(text).toContain('10:20–10:45 Conversation, 118-бөлме');
    const calendar = await browser.get(`/en/applications/${aigul.applicationId}/interview.ics`);
    expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(calendar.text.replaceAll(/\r\n /g, '')).toContain('10:20–10:45 Conversation\\, 118-бөлме');
    const { booked: own } = JSON.parse(
      (await browser.get(`/api/applications/${aigul.applicationId}/interview`)).text,
    );
    expect(own.stations).toMatchObject([
      { where: '204-бөлме', endsAt: '2022-10-24T04:20:00.000Z' },
      { where: '118-бөлме', endsAt: '2022-10-24T04:45:00.000Z' },
    ]);
  });

  it('has a card for each station where a member sits, and gives back the one that was sent', async () => {
    const { world, site, roundId, aigul } = await bookedAtStations();
    world.clock.to(at('2022-10-24T04:25'));
    const member = await site.staff(nth(members, 0));
    const page = `/en/committee/rounds/${roundId}/interviews/${aigul.applicationId}`;

    expect((await member.get(page)).text).toContain('Scorecard: Demo lesson');
    const refused = await member.post(page, { station: 'conversation', 'points.pupils': '3' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Scorecard: Conversation');
    expect(refused.text).not.toContain('name="points.sample-lesson"');
    const conversation = { 'points.pupils': '3', 'points.rural-plans': '4' };
    expect((await member.post(page, { station: 'conversation', ...conversation })).status).toBe(303);
    expect((await member.get(`${page}?station=conversation`)).text).toContain('Change the scorecard');
    expect((await member.get(page)).text).toContain('Scorecard: Demo lesson');
  });

  it('is planned on the page with a panel for each station', async () => {
    const world = aWorld();
    const { roundId } = await anInterviewRoundIn(world, { file: withStations() });
    await stationsPlanned(world, roundId, 1);
    const secretaryAt = await aSelectionSite(world).staff(secretary);
    const page = `/en/committee/rounds/${roundId}/interviews`;

    const refused = await secretaryAt.post(page, { from: '2022-10-25T10:00', count: '1' });
    expect(refused.status).toBe(422);
    expect(refused.text.match(/Choose the panel that holds this station/g)?.length).toBeGreaterThan(1);
    const panels = [...refused.text.matchAll(/<option value="([0-9A-Z]{20})"/g)].map(([, id]) => id ?? '');
    const [lesson = '', conversation = ''] = panels;
    const planned = await secretaryAt.post(page, {
      from: '2022-10-25T10:00',
      count: '1',
      'stations.lesson': lesson,
      'stations.conversation': conversation,
    });
    expect(planned.location).toContain('done=interview.done.planned');
  });
});
