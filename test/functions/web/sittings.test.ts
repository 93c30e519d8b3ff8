import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { type SeatTime, viewSittings } from '#functions/commands/interview-sittings.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { moveInterviewStation } from '#functions/commands/interview-station-moving.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { anInterviewRoundIn, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, stationsOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
const ten = at('2022-10-24T04:00');

/** Two members hear lessons, the chair and two others conversations; of two times the first is booked. */
const booked = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: twoAndThree() });
  const panels = await twoAndThreeKept(world, roundId);
  const stations = stationsOf(panels);
  const slots = granted(await planSlots(world, { by: secretary, roundId, from: ten, count: 2, stations }));
  const [aigul, slot] = [nth(candidates, 0), nth(slots, 0)];
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  const { number } = aigul.application;
  const timesOf = async (by: Person): Promise<readonly SeatTime[]> =>
    granted(await viewSittings(world, { by, roundId })).times;
  const ofSlot = async (by: Person) =>
    (await timesOf(by))
      .filter(({ uid }) => uid.startsWith(slot.id))
      .map(({ station, status, number: whose, where }) => [station, status, whose, where]);
  const site = aCommitteeSite(world);
  return { world, roundId, ...panels, aigul, slot, number, timesOf, ofSlot, site };
};

describe('the calendar of who sits in interviews', () => {
  it('has the times of their own panel by number, free ones too, and of no other', async () => {
    const { number, timesOf, ofSlot } = await booked();

    expect(await ofSlot(m1)).toEqual([['lesson', 'sits', number, 'Room 204']]);
    expect(await ofSlot(chair)).toEqual([['conversation', 'sits', number, 'Room 118']]);
    expect((await timesOf(m1)).map(({ startsAt, number: whose }) => [startsAt.slice(11, 16), whose])).toEqual(
      [
        ['04:00', number],
        ['04:25', undefined],
      ],
    );
    expect(await timesOf(secretary)).toHaveLength(4);
  });

  it('strikes out whose application is closed to them, and says nothing of whose it is', async () => {
    const { world, roundId, aigul, ofSlot, timesOf } = await booked();
    const [before] = await timesOf(m1);
    await inConflictWith(world, roundId, aigul.applicationId, [m1.id, secretary.id]);

    expect(await ofSlot(m1)).toEqual([['lesson', 'gone', undefined, undefined]]);
    expect((await ofSlot(secretary)).map(([, status]) => status)).toEqual(['gone', 'gone']);
    const [after] = await timesOf(m1);
    expect([after?.uid, (after?.sequence ?? 0) > (before?.sequence ?? 0)]).toEqual([before?.uid, true]);
    expect((await timesOf(m1)).map(({ status }) => status)).toEqual(['gone', 'sits']);
  });

  it('strikes out what is called off, and what another panel or member holds instead', async () => {
    const { world, roundId, aigul, slot, ofSlot, conversation } = await booked();
    const other = await panelKept(world, roundId, { members: [m1.id, m2.id, m3.id], place: 'Room 7' });
    const was = { startsAt: at('2022-10-24T04:20'), panel: conversation.id };
    const noon = { startsAt: at('2022-10-24T06:00'), panel: other.id };
    const station = { roundId, applicationId: aigul.applicationId, station: 'conversation', was };
    granted(await moveInterviewStation(world, { by: secretary, ...station, ...noon }));
    const { number } = aigul.application;
    expect(await ofSlot(chair)).toEqual([['conversation', 'gone', undefined, undefined]]);
    expect(await ofSlot(m2)).toEqual([
      ['lesson', 'sits', number, 'Room 204'],
      ['conversation', 'sits', number, 'Room 7'],
    ]);

    const composed = { panel: other.id, members: [m1.id, m3.id, m4.id], place: 'Room 7' };
    await panelKept(world, roundId, composed);
    expect((await ofSlot(m2)).map(([, status]) => status)).toEqual(['sits', 'gone']);
    expect((await ofSlot(m4)).map(([, status]) => status)).toEqual(['sits']);
    granted(
      await callInterviewOff(world, { by: secretary, roundId, slotId: slot.id, reason: 'Бөлме жабық.' }),
    );
    for (const by of [m1, m2, chair, secretary])
      expect(new Set((await ofSlot(by)).map(([, status]) => status))).toEqual(new Set(['gone']));
  });

  it.for([
    ['kk', `Әңгімелесу\\, `],
    ['ru', `Собеседование\\, заявление `],
    ['en', `Interview\\, application `],
  ] as const)('is a file from the plan, without a name: %s', async ([locale, title]) => {
    const { roundId, number, site, world, aigul } = await booked();
    const page = `/${locale}/committee/rounds/${roundId}/interviews`;
    const seat = await site.signIn(m1);
    expect((await seat.get(page)).text).toContain(`href="${page}.ics"`);
    const file = await seat.get(`${page}.ics`);
    const lines = file.text.replaceAll('\r\n ', '').split('\r\n');

    expect(file.headers).toContain('text/calendar');
    expect(lines).toContain('X-WR-TIMEZONE:Asia/Almaty');
    expect(lines).toContain('DTSTART:20221024T040000Z');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
    expect(lines.some((line) => line.startsWith(`SUMMARY:${title}`) && line.includes(number))).toBe(true);
    expect(file.text).not.toContain('STATUS:CANCELLED');
    await inConflictWith(world, roundId, aigul.applicationId, [m1.id]);
    const closed = (await seat.get(`${page}.ics`)).text;
    expect([closed.match(/STATUS:CANCELLED/g)?.length, closed.includes(number)]).toEqual([1, false]);
  });

  it('is told to programs alike, and to nobody without a seat', async () => {
    const { roundId, number, site } = await booked();
    const answer = JSON.parse((await (await site.signIn(m1)).get(`/api/rounds/${roundId}/sittings`)).text);
    expect(answer).toMatchObject({
      timeZone: 'Asia/Almaty',
      times: [{ station: 'lesson', status: 'sits', number, where: 'Room 204' }, { status: 'sits' }],
    });
    const stranger = await site.signIn({ ...m1, id: PersonId.parse('STRANGER'.padEnd(20, '0')) });
    expect((await stranger.get(`/api/rounds/${roundId}/sittings`)).status).toBe(404);
    expect((await stranger.get(`/en/committee/rounds/${roundId}/interviews.ics`)).status).toBe(404);
  });
});
