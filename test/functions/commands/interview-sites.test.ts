import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { moveInterviewStation } from '#functions/commands/interview-station-moving.ts';
import { keepPanel } from '#functions/commands/panels.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import type { Panel } from '#shared/domain/panel.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import {
  clearedInsiders,
  panelKept,
  panelSlots,
  stationsOf,
  twoAndThreeKept,
} from '#test/builders/panels.ts';
import { aRoundFile, twoAndThree, withSites } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
const ten = at('2022-10-24T04:00');
const half = at('2022-10-24T04:30');

const aRound = async (file: RoundFile = aRoundFile()) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2), file: withSites(file) });
  const { roundId } = scene;
  const plan = (panel: Panel, from = ten) =>
    planSlots(world, { by: secretary, roundId, from, count: 1, panel: panel.id });
  return { world, ...scene, aigul: nth(scene.candidates, 0), plan };
};

const aStationedRound = async () => {
  const scene = await aRound(twoAndThree());
  const { world, roundId } = scene;
  const panels = await twoAndThreeKept(world, roundId, {
    lesson: { site: 'lyceum' },
    conversation: { site: 'college' },
  });
  const stations = stationsOf(panels);
  const slots = granted(await planSlots(world, { by: secretary, roundId, from: ten, count: 2, stations }));
  return { ...scene, ...panels, slots };
};

const withInsiders = async () => {
  const scene = await aRound();
  const { world, roundId, aigul } = scene;
  const panel = await panelKept(world, roundId);
  const [slot] = await panelSlots(world, roundId, { panel, count: 2 });
  if (!slot) throw new Error('No slot.');
  await clearedInsiders(world, roundId, aigul.applicationId, [chair.id, m1.id]);
  return { ...scene, panel, slot };
};

describe('a member of panels at two sites', () => {
  it('has the time for the way between, before and after, and none is kept for a video call', async () => {
    const { world, roundId, plan } = await aRound();
    const lyceum = await panelKept(world, roundId, { site: 'lyceum', place: 'Room 1' });
    const college = await panelKept(world, roundId, { site: 'college', place: 'Room 2' });
    const video = await panelKept(world, roundId, { place: 'https://video.example' });
    granted(await plan(lyceum));

    const way = {
      place: 'from',
      message: 'panel.fault.travel',
      facts: { number: 1, minutes: 40, from: ten, until: half, zone: 'Asia/Almaty' },
    };
    expect(await plan(college, half)).toMatchObject({ error: { faults: [way] } });
    expect(await plan(college, at('2022-10-24T03:00'))).toMatchObject({ error: { faults: [way] } });
    expect(await plan(college, ten)).toMatchObject({
      error: { faults: [{ message: 'panel.fault.elsewhere' }] },
    });
    expect((await plan(video, half)).ok).toBe(true);
    expect((await plan(college, at('2022-10-24T05:10'))).ok).toBe(true);
    expect((await plan(lyceum, at('2022-10-24T06:19'))).ok).toBe(false);
  });

  it('is on no panel at a site that there is not, and a panel with times stays at its site', async () => {
    const { world, roundId, plan } = await aRound();
    const three = { members: [m2.id, m3.id, m4.id], languages: ['kk' as const], stepFree: true };
    const input = { ...three, place: 'Room 2', site: 'college' };
    const college = granted(await keepPanel(world, { by: secretary, roundId, input }));
    granted(await plan(college, half));

    const moved = { ...input, site: 'lyceum' };
    expect(await keepPanel(world, { by: secretary, roundId, panel: college.id, input: moved })).toMatchObject(
      { error: { faults: [{ message: 'panel.fault.promised' }] } },
    );
    expect(
      await keepPanel(world, { by: secretary, roundId, input: { ...input, site: 'mill' } }),
    ).toMatchObject({ error: { faults: [{ place: 'site', message: 'panel.fault.site' }] } });
  });
});

describe('stations at two sites', () => {
  it('leave the applicant the time for the way', async () => {
    const { slots } = await aStationedRound();

    expect(
      slots.map(({ stations }) =>
        stations?.map(({ startsAt, endsAt }) => [startsAt.slice(11, 16), endsAt.slice(11, 16)]),
      ),
    ).toEqual([
      [
        ['04:00', '04:20'],
        ['05:00', '05:25'],
      ],
      [
        ['04:25', '04:45'],
        ['05:25', '05:50'],
      ],
    ]);
    expect(slots.map(({ endsAt }) => endsAt.slice(11, 16))).toEqual(['05:25', '05:50']);
  });

  it('are not moved closer together than that', async () => {
    const { world, roundId, aigul, conversation, slots } = await aStationedRound();
    granted(await bookInterview(world, { ...aigul, slotId: nth(slots, 1).id }));
    const move = (startsAt: typeof ten) =>
      moveInterviewStation(world, {
        by: secretary,
        roundId,
        applicationId: aigul.applicationId,
        station: 'conversation',
        was: { startsAt: at('2022-10-24T05:25'), panel: conversation.id },
        startsAt,
        panel: conversation.id,
      });

    expect(await move(at('2022-10-24T04:50'))).toMatchObject({
      error: { faults: [{ place: 'from', message: 'station.fault.travel', facts: { minutes: 40 } }] },
    });
    expect((await move(at('2022-10-24T05:30'))).ok).toBe(true);
  });
});

it('a booking waits for its panel to be planned, and one of a time of the whole committee for nobody', async () => {
  const { world, roundId, candidates } = await aRound();
  const panel = await panelKept(world, roundId, { site: 'lyceum', place: 'Room 1' });
  const [own] = granted(
    await planSlots(world, { by: secretary, roundId, from: at('2022-10-24T08:00'), count: 1, place: 'Hall' }),
  );
  const [panels] = await panelSlots(world, roundId, { panel, count: 1 });
  if (!own || !panels) throw new Error('No slots.');
  const requiredBy = async (index: number, slotId: typeof own.id): Promise<boolean | undefined> => {
    granted(await bookInterview(world, { ...nth(candidates, index), slotId }));
    return world.records.commits.at(-1)?.requires?.some(({ aggregate }) => aggregate === 'panels');
  };

  expect([await requiredBy(0, panels.id), await requiredBy(1, own.id)]).toEqual([true, false]);
});

describe('members from a school that an applicant wants', () => {
  it('hear them once they are cleared, and do not count as those from elsewhere', async () => {
    const { world, aigul, candidates, slot } = await withInsiders();

    expect(granted(await viewInterview(world, aigul)).free).toEqual([]);
    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
    expect((await bookInterview(world, { ...nth(candidates, 1), slotId: slot.id })).ok).toBe(true);
  });

  it('are named where they make a timetable impossible, and another panel makes it possible', async () => {
    const { world, roundId, aigul } = await withInsiders();
    const drawn = async () => granted(await draftTimetable(world, { by: secretary, roundId })).outcome;

    expect(await drawn()).toMatchObject({
      error: {
        bottlenecks: [{ candidates: [aigul.applicationId], kept: ['outsiders'], without: [['outsiders']] }],
      },
    });
    const panel = await panelKept(world, roundId, { members: [m2.id, m3.id, m4.id], place: 'Room 2' });
    await panelSlots(world, roundId, { panel, count: 1, from: at('2022-10-24T06:00') });
    expect((await drawn()).ok).toBe(true);
  });

  it('are minded also where the whole committee holds interviews', async () => {
    const { world, roundId, aigul } = await aRound();
    const all = { by: secretary, roundId, from: ten, count: 1, place: 'Hall' };
    const [slot] = granted(await planSlots(world, all));
    if (!slot) throw new Error('No slot.');
    await clearedInsiders(world, roundId, aigul.applicationId, [chair.id, m1.id, m2.id, m3.id]);

    expect(await bookInterview(world, { ...aigul, slotId: slot.id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
  });
});
