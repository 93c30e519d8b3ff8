import { describe, expect, it } from 'vitest';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { viewDay } from '#functions/commands/interview-days.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { type PlanCommand, planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { changed } from '#functions/commands/storing.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import type { DayHolder } from '#shared/domain/interview-day.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { doubleBooked, seatingsIn } from '#test/builders/double-booked.ts';
import { interleaved } from '#test/builders/interleaved.ts';
import {
  anInterviewRoundIn,
  applicants,
  members,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { panelKept, stationsOf } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m3, m4] = members.map(({ id }) => id);
if (!m1 || !m2 || !m3 || !m4) throw new Error('Four members are needed.');
const further = ['M5', 'M6'].map((id) => PersonId.parse(id.padEnd(20, '0')));
const [half, others] = [
  [m1, m2, m3],
  [m4, ...further],
];
const ten = at('2022-10-24T04:00');
const quarterPast = at('2022-10-24T04:15');

/** Seven who vote, of whom an interview needs three: two panels may have nobody in common. */
const aRound = async (of: Parameters<typeof anInterviewRoundIn>[1] = {}) => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(1), ...of });
  const committee = await world.records.find(committeeAggregate, roundId);
  const now = world.clock.now();
  const given = further.map((personId) => ({
    type: 'seat-given' as const,
    at: now,
    roundId,
    personId,
    seat: 'member' as const,
  }));
  const { change } = changed(committeeAggregate, roundId, committee, given);
  granted(await world.records.commit({ by: secretary, changes: [change] }));
  const plan = (over: Partial<PlanCommand> = {}) =>
    planSlots(world, { by: secretary, roundId, from: ten, count: 2, place: 'Кабинет 12', ...over });
  return { world, roundId, candidates, plan };
};

const faultsIn = (answer: Result<unknown, Refusal>): unknown[] =>
  answer.ok || answer.error.kind !== 'invalid' ? [] : [...answer.error.faults];

const expectWhole = async (world: World, roundId: RoundId): Promise<void> => {
  expect(await doubleBooked(world.records, roundId)).toEqual([]);
  const { bySlots, byRecord } = await seatingsIn(world.records, roundId);
  expect(byRecord).toEqual(bySlots);
  expect(await checkRecord(world.records, { aggregate: 'panels', id: roundId })).not.toHaveProperty('fault');
};

describe('a time of the whole committee', () => {
  it.for([
    ['the same one', {}],
    ['one that begins before it ends, elsewhere', { from: quarterPast, place: 'Кабинет 14' }],
  ] as const)('that two plan at the very same moment is planned once: %s', async ([, other]) => {
    const { world, roundId, plan } = await aRound();
    world.records.interfere(() => plan(other));

    expect(faultsIn(await plan())).toMatchObject([{ place: 'from', message: 'interview.fault.planned' }]);
    expect(await slotsIn(world.records, roundId)).toHaveLength(2);
    await expectWhole(world, roundId);
  });

  it('and one of a panel, planned at the very same moment, are planned once, whichever comes first', async () => {
    const { world, roundId, plan } = await aRound();
    const panel = await panelKept(world, roundId, { place: 'Кабинет 14' });
    world.records.interfere(() => plan({ panel: panel.id }));
    expect(faultsIn(await plan({ from: quarterPast }))).toMatchObject([
      { message: 'interview.fault.panel', facts: { number: 1, from: ten, until: at('2022-10-24T05:00') } },
    ]);

    world.records.interfere(() => plan({ from: at('2022-10-24T05:00') }));
    expect(faultsIn(await plan({ panel: panel.id, from: at('2022-10-24T05:30') }))).toMatchObject([
      { message: 'panel.fault.committee' },
    ]);
    await expectWhole(world, roundId);
  });

  it('is free again once it was removed or called off, and taken once it is restored', async () => {
    const { world, roundId, plan } = await aRound();
    const [first, second] = granted(await plan());
    if (!first || !second) throw new Error('No times.');
    granted(await removeFreeSlot(world, { by: secretary, roundId, slotId: first.id }));
    granted(await plan({ count: 1 }));

    const day = { by: secretary, roundId, day: '2022-10-24', holder: { kind: 'committee' } } as const;
    const { digest } = granted(await viewDay(world, day));
    granted(await callOffDay(world, { ...day, digest, reason: 'Су басты' }));
    granted(await plan({ from: quarterPast, count: 1 }));

    // The first of both overlaps what was planned meanwhile, the second one does not.
    expect(granted(await restoreDay(world, day))).toEqual({ times: 0, booked: 0, left: 2 });
    await expectWhole(world, roundId);
  });
});

describe('a room', () => {
  it('in which a panel sits is no other panel’s then, however it is written', async () => {
    const { world, roundId, plan } = await aRound();
    const one = await panelKept(world, roundId, { members: half, place: 'Кабинет 12' });
    const other = await panelKept(world, roundId, { members: others, place: 'кабинет  12' });
    world.records.interfere(() => plan({ panel: one.id }));

    expect(faultsIn(await plan({ panel: other.id, from: quarterPast }))).toMatchObject([
      { message: 'panel.fault.room', facts: { number: 1, room: 'кабинет  12', from: ten } },
    ]);
    granted(await plan({ panel: other.id, from: at('2022-10-24T05:00') }));
    await expectWhole(world, roundId);
  });

  it('is none where only a video call is said: two panels hold theirs at one time, and stations side by side', async () => {
    const { world, roundId, plan } = await aRound();
    const one = await panelKept(world, roundId, { members: half, place: 'Онлайн' });
    const other = await panelKept(world, roundId, { members: others, place: 'онлайн' });
    granted(await plan({ panel: one.id }));
    granted(await plan({ panel: other.id }));

    const stationed = await aRound({ file: withStations() });
    const sittingAt = async (place: string) => {
      const [lesson, conversation] = [
        { members: half, place },
        { members: others, place },
      ];
      const { world: there, roundId: id } = stationed;
      return stationsOf({
        lesson: await panelKept(there, id, lesson),
        conversation: await panelKept(there, id, conversation),
      });
    };
    const apart = await sittingAt('Zoom');
    const shared = await sittingAt('https://zoom.us/j/84512345678');
    const [, second] = granted(await stationed.plan({ stations: apart }));
    const [, after] = granted(await stationed.plan({ stations: shared, from: at('2022-10-24T08:00') }));
    expect([second?.startsAt.slice(11, 16), after?.startsAt.slice(11, 16)]).toEqual(['04:25', '08:45']);
  });

  it('of two stations takes one applicant after the other', async () => {
    const { world, roundId, plan } = await aRound({ file: withStations() });
    const lesson = await panelKept(world, roundId, { members: half });
    const conversation = await panelKept(world, roundId, { members: others });
    granted(await plan({ stations: stationsOf({ lesson, conversation }), count: 3 }));
    await expectWhole(world, roundId);
  });
});

const restoredBy = async (world: World, roundId: RoundId, holder: DayHolder) => {
  const day = { by: secretary, roundId, day: '2022-10-24', holder };
  const { digest } = granted(await viewDay(world, day));
  granted(await callOffDay(world, { ...day, digest, reason: 'Су басты' }));
  return () => restoreDay(world, day);
};

it('whatever is planned, restored and removed in whatever order, nobody and no room is taken twice', async () => {
  let refused = 0;
  for (let seed = 0; seed < 40; seed += 1) {
    const { world, roundId, plan } = await aRound();
    const one = await panelKept(world, roundId, { members: half, place: 'Кабинет 12' });
    const other = await panelKept(world, roundId, { members: others, place: 'Кабинет 12 ' });
    await slotsPlanned(world, roundId, 1);
    const committee = await restoredBy(world, roundId, { kind: 'committee' });
    granted(await plan({ panel: one.id }));
    const panel = await restoredBy(world, roundId, { kind: 'panel', panel: one.id });
    const [free] = granted(await plan({ from: at('2022-10-24T05:00'), count: 1 }));
    if (!free) throw new Error('No time.');

    const done = await interleaved(world.records, `${seed}`, [
      committee,
      panel,
      () => plan({ from: quarterPast }),
      () => plan({ panel: other.id }),
      () => plan({ panel: other.id, from: at('2022-10-24T05:00') }),
      () => removeFreeSlot(world, { by: secretary, roundId, slotId: free.id }),
    ]);

    expect(
      done.flatMap((settled) => (settled.status === 'rejected' ? [String(settled.reason)] : [])),
    ).toEqual([]);
    const answers = done.flatMap((settled) =>
      settled.status === 'fulfilled' ? [settled.value as Awaited<ReturnType<typeof plan>>] : [],
    );
    for (const answer of answers) {
      if (answer.ok) continue;
      expect(['invalid', 'changed-meanwhile']).toContain(answer.error.kind);
      refused += 1;
    }
    await expectWhole(world, roundId);
  }
  // Else the test says nothing.
  expect(refused).toBeGreaterThan(40);
});
