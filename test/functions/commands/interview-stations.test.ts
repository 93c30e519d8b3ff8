import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { draftInterviewCard, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { keepPanel } from '#functions/commands/panels.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type Panel, panelsAggregate } from '#shared/domain/panel.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, stationsOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
const ten = at('2022-10-24T04:00');

const aRound = async (people = 2) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people), file: twoAndThree() });
  const { roundId, candidates } = scene;
  const panels = await twoAndThreeKept(world, roundId);
  const plan = (count: number, held = panels) =>
    planSlots(world, { by: secretary, roundId, from: ten, count, stations: stationsOf(held) });
  return { world, roundId, candidates, aigul: nth(candidates, 0), ...panels, plan };
};

/** The first has booked the first time; it is a quarter past ten in Almaty: the lesson has begun, the conversation has not. */
const begun = async () => {
  const scene = await aRound();
  const [slot] = granted(await scene.plan(2));
  if (!slot) throw new Error('No slot.');
  granted(await bookInterview(scene.world, { ...scene.aigul, slotId: slot.id }));
  scene.world.clock.to(at('2022-10-24T04:15'));
  const { applicationId } = scene.aigul;
  const card = { roundId: scene.roundId, applicationId };
  return { ...scene, slot, card };
};

const lessonPoints = { 'subject-teaching': 4, 'sample-lesson': 4 };
const conversationPoints = { pupils: 2, 'rural-plans': 2 };

const sittings = async (world: World, roundId: string) =>
  (await world.records.find(panelsAggregate, roundId))?.state.panels.map((panel) =>
    panel.sittings.map(({ from, until }) => `${from.slice(11, 16)}–${until.slice(11, 16)}`),
  );

describe('times with stations', () => {
  it('are one appointment: the next applicant begins while the one before is at the second station', async () => {
    const { world, roundId, aigul, plan } = await aRound();

    const slots = granted(await plan(2));

    expect(slots.map(({ startsAt, endsAt }) => [startsAt.slice(11, 16), endsAt.slice(11, 16)])).toEqual([
      ['04:00', '04:45'],
      ['04:25', '05:10'],
    ]);
    const { free } = granted(await viewInterview(world, aigul));
    expect(
      free[0]?.parts.map(({ title, startsAt, where, panel }) => [
        title?.en,
        startsAt.slice(11, 16),
        where,
        panel?.number,
      ]),
    ).toEqual([
      ['Demo lesson', '04:00', 'Room 204', 1],
      ['Conversation', '04:20', 'Room 118', 2],
    ]);
    expect(await sittings(world, roundId)).toEqual([['04:00–04:20', '04:25–04:45'], ['04:20–05:10']]);
  });

  it('follow one another where a member sits at both stations', async () => {
    const { world, roundId, lesson, plan } = await aRound();
    const both = await panelKept(world, roundId, { members: [m2.id, m3.id, m4.id] });

    const slots = granted(await plan(2, { lesson, conversation: both }));

    expect(slots.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['04:00', '04:45']);
  });

  it('are refused without a panel for each, with too few members, and where somebody sits elsewhere', async () => {
    const { world, roundId, lesson, conversation, plan } = await aRound();
    const bare = { by: secretary, roundId, from: ten, count: 1, panel: lesson.id };

    expect(await planSlots(world, bare)).toMatchObject({
      error: {
        faults: [
          { place: 'stations.lesson', message: 'station.fault.panel' },
          { place: 'stations.conversation', message: 'station.fault.panel' },
        ],
      },
    });
    expect(await plan(1, { lesson, conversation: lesson })).toMatchObject({
      error: { faults: [{ place: 'stations.conversation', message: 'station.fault.few' }] },
    });
    granted(await plan(1));
    expect(await plan(1, { lesson: conversation, conversation })).toMatchObject({
      error: { faults: [{ place: 'from', message: 'panel.fault.sits' }] },
    });
  });

  it('keep a panel at as many members as its station needs, which before may have fewer', async () => {
    const { world, roundId, lesson, conversation, plan } = await aRound();
    const anew = (panel: Panel, place: string, sitting: readonly PersonId[]) =>
      keepPanel(world, {
        by: secretary,
        roundId,
        panel: panel.id,
        input: { members: sitting, languages: ['kk', 'ru'], stepFree: true, place },
      });
    expect((await anew(conversation, 'Room 118', [m3.id, m4.id])).ok).toBe(true);
    granted(await anew(conversation, 'Room 118', [chair.id, m3.id, m4.id]));
    granted(await plan(1));

    expect(await anew(conversation, 'Room 118', [m3.id, m4.id])).toMatchObject({
      error: { faults: [{ place: 'members', message: 'panel.fault.few', facts: { minimum: 3 } }] },
    });
    expect((await anew(lesson, 'Room 204', [m2.id, m1.id])).ok).toBe(true);
  });

  it('are for nobody who may not be heard at one of the stations', async () => {
    const { world, roundId, aigul, plan } = await aRound();
    const slot = nth(granted(await plan(1)), 0);
    await inConflictWith(world, roundId, aigul.applicationId, [m3.id]);

    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
    const { outcome } = granted(await draftTimetable(world, { by: secretary, roundId }));
    expect(outcome).toMatchObject({
      error: { bottlenecks: [{ candidates: [aigul.applicationId], kept: ['conflicts'], panels: [] }] },
    });
  });

  it('are given by the timetable to everyone, one appointment each', async () => {
    const { world, roundId, candidates, plan } = await aRound();
    granted(await plan(2));
    const { digest } = granted(await draftTimetable(world, { by: secretary, roundId }));

    expect(await setTimetable(world, { by: secretary, roundId, digest })).toEqual({
      ok: true,
      value: { booked: 2 },
    });
    const views = await Promise.all(candidates.map((one) => viewInterview(world, one)));
    expect(views.map((one) => granted(one).booked?.parts.length)).toEqual([2, 2]);
  });

  it('leave the plan of both panels when an interview is called off, and only then', async () => {
    const { world, roundId, slot } = await begun();

    granted(
      await callInterviewOff(world, {
        by: secretary,
        roundId,
        slotId: slot.id,
        reason: 'No heating.',
        notHeld: true,
      }),
    );

    expect(await sittings(world, roundId)).toEqual([['04:25–04:45'], ['04:45–05:10']]);
  });
});

describe('the card of a station', () => {
  it('asks for its own criteria, of who sits there, once it has begun', async () => {
    const { world, card } = await begun();

    expect((await scoreInterview(world, { ...card, by: m1, points: lessonPoints })).ok).toBe(true);
    expect(
      await scoreInterview(world, { ...card, by: m2, points: { ...lessonPoints, ...conversationPoints } }),
    ).toMatchObject({ error: { kind: 'invalid' } });
    expect(
      await scoreInterview(world, { ...card, by: m1, station: 'conversation', points: conversationPoints }),
    ).toEqual({ ok: false, error: { kind: 'not-assigned' } });
    expect(await scoreInterview(world, { ...card, by: m3, points: conversationPoints })).toMatchObject({
      error: { kind: 'too-early', until: '2022-10-24T04:20:00.000Z' },
    });
  });

  it('is missing until each station has its own, and the total weighs them by their criteria', async () => {
    const { world, roundId, aigul, card } = await begun();
    world.clock.to(at('2022-10-24T06:00'));
    const propose = () => drawUpProposal(world, { by: secretary, roundId });
    for (const by of [m1, m2]) granted(await scoreInterview(world, { ...card, by, points: lessonPoints }));
    for (const by of [m3, m4]) {
      granted(await scoreInterview(world, { ...card, by, points: conversationPoints }));
    }

    expect(await propose()).toMatchObject({
      error: {
        kind: 'unfinished-work',
        remaining: 1,
        cards: [{ number: aigul.application.number, station: { en: 'Conversation' }, count: 1 }],
      },
    });
    const { slots } = granted(await viewInterviews(world, { by: chair, roundId }));
    expect(
      slots[0]?.line?.stations.map(({ station, given, needed, own, sits }) => [
        station.code,
        given,
        needed,
        own,
        sits,
      ]),
    ).toEqual([
      ['lesson', 2, 2, false, false],
      ['conversation', 2, 3, false, true],
    ]);

    granted(await scoreInterview(world, { ...card, by: chair, points: conversationPoints }));
    granted(await propose());
  });

  it('of who sits at two stations is one of two; others are shown once both are given', async () => {
    const { world, roundId, aigul, lesson, plan } = await aRound();
    const both = await panelKept(world, roundId, { members: [m2.id, m3.id, m4.id] });
    const [slot] = granted(await plan(1, { lesson, conversation: both }));
    if (!slot) throw new Error('No slot.');
    granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
    world.clock.to(at('2022-10-24T05:00'));
    const card = { roundId, applicationId: aigul.applicationId };
    const seen = async () => granted(await viewOneInterview(world, { ...card, by: m2 }));
    granted(await scoreInterview(world, { ...card, by: m1, points: lessonPoints }));

    expect(await scoreInterview(world, { ...card, by: m2, points: lessonPoints })).toMatchObject({
      error: { faults: [{ place: 'station', message: 'station.fault.which' }] },
    });
    granted(await draftInterviewCard(world, { ...card, by: m2, station: 'conversation', points: {} }));
    granted(await scoreInterview(world, { ...card, by: m2, station: 'lesson', points: lessonPoints }));
    expect(await seen()).not.toHaveProperty('others');
    expect((await seen()).cards.map(({ own, card: { isDraft } }) => [own?.total, isDraft])).toEqual([
      [100, false],
      [undefined, true],
    ]);

    granted(
      await scoreInterview(world, { ...card, by: m2, station: 'conversation', points: conversationPoints }),
    );
    expect((await seen()).others).toMatchObject([{ station: 'lesson', total: 100 }]);
    const candidacy = await world.records.find(candidacyAggregate, aigul.applicationId);
    expect(candidacy?.state.scorecards.map(({ station, total }) => [station, total])).toEqual([
      ['lesson', 100],
      ['lesson', 100],
      ['conversation', 50],
    ]);
  });
});
