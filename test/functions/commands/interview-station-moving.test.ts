import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { moveInterviewStation, viewStation } from '#functions/commands/interview-station-moving.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import type { Instant } from '#shared/domain/time.ts';
import { anInterviewRoundIn, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, stationsOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m3, m4] = [nth(members, 0), nth(members, 2), nth(members, 3)];
const [ten, noon] = [at('2022-10-24T04:00'), at('2022-10-24T06:00')];
const conversationAt = at('2022-10-24T04:20');

/** The first of two times is booked: the lesson of two members at ten, the conversation of three at twenty past. */
const booked = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: twoAndThree() });
  const aigul = nth(candidates, 0);
  const panels = await twoAndThreeKept(world, roundId);
  const { conversation } = panels;
  const stations = stationsOf(panels);
  const planned = granted(await planSlots(world, { by: secretary, roundId, from: ten, count: 2, stations }));
  granted(await bookInterview(world, { ...aigul, slotId: nth(planned, 0).id }));
  const command = { by: secretary, roundId, applicationId: aigul.applicationId, station: 'conversation' };
  const was = { startsAt: conversationAt, panel: conversation.id };
  const move = (startsAt: Instant, more: Partial<Parameters<typeof moveInterviewStation>[1]> = {}) =>
    moveInterviewStation(world, { ...command, was, startsAt, panel: conversation.id, ...more });
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template.endsWith('interview-moved') ? [body] : [],
    );
  const sittings = async () =>
    (await world.records.find(panelsAggregate, roundId))?.state.panels.map((panel) =>
      panel.sittings.map(({ from, until }) => `${from.slice(11, 16)}–${until.slice(11, 16)}`),
    );
  return { world, roundId, aigul, ...panels, command, was, move, letters, sittings };
};

describe('one station of a booked interview', () => {
  it('moves alone; its panel is free at the old time, and everybody is told once', async () => {
    const { world, aigul, move, letters, sittings } = await booked();
    const before = granted(await viewInterview(world, aigul));

    granted(await move(noon));
    granted(await move(noon));

    const { booked: own, version } = granted(await viewInterview(world, aigul));
    expect(own?.parts.map(({ code, startsAt, endsAt }) => [code, startsAt, endsAt])).toEqual([
      ['lesson', ten, '2022-10-24T04:20:00.000Z'],
      ['conversation', noon, '2022-10-24T06:25:00.000Z'],
    ]);
    expect(own?.slot).toMatchObject({ startsAt: ten, endsAt: '2022-10-24T06:25:00.000Z' });
    expect(version).toBe(before.version + 1);
    expect(await sittings()).toEqual([
      ['04:00–04:20', '04:25–04:45'],
      ['04:45–05:10', '06:00–06:25'],
    ]);
    expect(letters().map(({ personId }) => personId)).toEqual([
      aigul.by.personId,
      ...[chair, m3, m4].map(({ id }) => id),
    ]);
    expect(letters()[0]?.facts).toMatchObject({ before: conversationAt, startsAt: noon });
  });

  it('is moved by the first of two; the second is told that it is elsewhere now', async () => {
    const { move, letters } = await booked();

    const both = await Promise.all([move(noon), move(at('2022-10-24T07:00'))]);

    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(letters()).toHaveLength(4);
  });

  it('goes to no time at which its panel or the applicant is elsewhere', async () => {
    const { move, letters, sittings } = await booked();
    const before = await sittings();

    expect(await move(at('2022-10-24T04:45'))).toMatchObject({
      error: { faults: [{ place: 'from', message: 'panel.fault.sits' }] },
    });
    expect(await move(at('2022-10-24T04:10'))).toMatchObject({
      error: { faults: [{ place: 'from', message: 'station.fault.meets' }] },
    });
    expect(await sittings()).toEqual(before);
    expect(letters()).toEqual([]);
  });

  it('may overlap its own old time, as nobody else sits there', async () => {
    const { move, sittings } = await booked();

    // Five minutes earlier or later than before: the panel's own sitting for it is no obstacle, the next applicant's is.
    expect((await move(at('2022-10-24T04:25'))).ok).toBe(false);
    granted(await move(at('2022-10-24T03:30')));
    expect((await sittings())?.[1]).toEqual(['03:30–03:55', '04:45–05:10']);
  });

  it('goes to another panel that may hold it, in its room, and to none that may not', async () => {
    const { world, roundId, aigul, lesson, move, letters, sittings } = await booked();
    const others = { members: [m1.id, m3.id, m4.id], place: 'Room 7' };
    const third = await panelKept(world, roundId, others);

    expect(await move(noon, { panel: lesson.id })).toMatchObject({
      error: { faults: [{ place: 'panel', message: 'station.fault.few' }] },
    });
    expect(await move(at('2022-10-24T04:22'), { panel: third.id })).toMatchObject({
      error: { faults: [{ place: 'from', message: 'panel.fault.elsewhere', facts: { number: 1 } }] },
    });
    granted(await move(noon, { panel: third.id }));

    const { booked: own } = granted(await viewInterview(world, aigul));
    expect(own?.parts.at(-1)).toMatchObject({ where: 'Room 7', panel: { number: 3 } });
    expect(await sittings()).toEqual([['04:00–04:20', '04:25–04:45'], ['04:45–05:10'], ['06:00–06:25']]);
    expect(letters().map(({ personId }) => personId)).toEqual([
      aigul.by.personId,
      ...[chair, m3, m4, m1].map(({ id }) => id),
    ]);
  });

  it('stays where too few of the panel may hear the applicant, and who may not is told nothing', async () => {
    const { world, roundId, aigul, command, move, letters } = await booked();
    const wide = { members: [chair.id, m1.id, m3.id, m4.id], place: 'Room 7' };
    const four = await panelKept(world, roundId, wide);
    await inConflictWith(world, roundId, aigul.applicationId, [m3.id]);

    expect(await move(noon)).toMatchObject({
      error: { faults: [{ place: 'panel', message: 'station.fault.unfit' }] },
    });
    granted(await move(noon, { panel: four.id }));

    expect(letters().map(({ personId }) => personId)).not.toContain(m3.id);
    expect(granted(await viewStation(world, command)).part.panel?.number).toBe(3);
  });

  it('stays once a scorecard of it is stored, while another station still moves', async () => {
    const { world, roundId, aigul, lesson, command, move } = await booked();
    world.clock.to(at('2022-10-24T04:15'));
    const card = { roundId, applicationId: aigul.applicationId, by: m1 };
    granted(await scoreInterview(world, { ...card, points: { 'subject-teaching': 4, 'sample-lesson': 4 } }));

    const scored = { station: 'lesson', was: { startsAt: ten, panel: lesson.id }, panel: lesson.id };
    expect(await move(noon, scored)).toMatchObject({
      error: { faults: [{ message: 'station.fault.scored' }] },
    });
    expect(granted(await viewStation(world, { ...command, station: 'lesson' })).isHeld).toBe(true);
    granted(await move(noon));
    expect(
      await scoreInterview(world, { ...card, by: m3, points: { pupils: 2, 'rural-plans': 2 } }),
    ).toMatchObject({ error: { kind: 'too-early', until: noon } });
  });

  it('is for the secretary, of an interview that is booked, and stands in its history', async () => {
    const { world, aigul, move, command } = await booked();
    expect(await move(noon, { by: chair })).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await move(noon, { station: 'essay' })).toMatchObject({ error: { kind: 'not-found' } });
    granted(await move(noon));

    const history = await world.records.history('candidacy', aigul.applicationId);
    expect(JSON.stringify(history)).toContain('interview-moved');
    expect(granted(await ownTimeline(world, aigul)).steps).toContainEqual(
      expect.objectContaining({ what: 'interview', at: ten }),
    );
    granted(await cancelInterview(world, aigul));
    expect(await viewStation(world, command)).toMatchObject({ error: { kind: 'not-in-stage' } });
  });
});
