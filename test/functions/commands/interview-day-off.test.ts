import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { interviewDays, viewDay } from '#functions/commands/interview-days.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DayHolder } from '#shared/domain/interview-day.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { inConflictWith, panelKept, panelSlots, stationsPlanned } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const day = '2022-10-24';
const next = at('2022-10-25T04:00');

/** A panel with so many half hours on Monday, of which everybody has one, and others on Tuesday. */
const booked = async ({ people = 2, monday = 3, tuesday = 3 } = {}) => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(people) });
  const panel = await panelKept(world, roundId);
  const slots = await panelSlots(world, roundId, { panel, count: monday });
  if (tuesday > 0) await panelSlots(world, roundId, { panel, count: tuesday, from: next });
  for (const [index, one] of candidates.entries()) {
    granted(await bookInterview(world, { ...one, slotId: nth(slots, index).id }));
  }
  const holder: DayHolder = { kind: 'panel', panel: panel.id };
  const command = { by: secretary, roundId, day, holder };
  const callOff = async (reason = 'Су басты') => {
    const { digest } = granted(await viewDay(world, command));
    return await callOffDay(world, { ...command, digest, reason });
  };
  const slotOf = async (who: number) =>
    (await world.records.find(candidacyAggregate, nth(candidates, who).applicationId))?.state.slotId;
  return { world, roundId, candidates, panel, slots, command, callOff, slotOf };
};

const lettersIn = (world: World, template: string) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === template ? [body.personId] : [],
  );

describe('calling off what one panel has of a day', () => {
  it('names everybody first, tells each once, and leaves other days and times alone', async () => {
    const { world, candidates, command, callOff, slotOf, slots, panel } = await booked();

    const { times } = granted(await viewDay(world, command));
    expect(times.map(({ number }) => number)).toEqual([
      ...candidates.map(({ application }) => application.number),
      undefined,
    ]);
    expect(granted(await callOff())).toEqual({ times: 3, told: 2 });
    expect(granted(await callOff())).toEqual({ times: 0, told: 0 });

    expect(lettersIn(world, 'interview-called-off')).toEqual(candidates.map(({ by }) => by.personId));
    expect([await slotOf(0), await slotOf(1)]).toEqual([undefined, undefined]);
    const seen = granted(await viewInterview(world, nth(candidates, 0)));
    expect(seen.calledOff?.reason).toBe('Су басты');
    expect(seen.free).toHaveLength(3);
    const kept = (await world.records.find(panelsAggregate, command.roundId))?.state.panels;
    expect(kept?.find(({ id }) => id === panel.id)?.sittings).toEqual([
      { from: next, until: at('2022-10-25T05:30') },
    ]);
    for (const { id } of slots) {
      expect((await world.records.find(slotAggregate, id))?.state.removedAt).toBeDefined();
    }
  });

  it('leaves a new place in the timetable to whoever it took one from, and to nobody else another', async () => {
    const { world, candidates, command, callOff, slotOf } = await booked({ monday: 2 });
    const { roundId } = command;
    granted(await callOff());

    const draft = granted(await draftTimetable(world, { by: secretary, roundId }));
    granted(await setTimetable(world, { by: secretary, roundId, digest: draft.digest }));

    const [one, other] = [await slotOf(0), await slotOf(1)];
    expect(new Set([one, other]).size).toBe(2);
    for (const id of [one, other]) {
      const slot = id && (await world.records.find(slotAggregate, id))?.state;
      expect(slot && slot.startsAt >= next).toBe(true);
    }
    expect(lettersIn(world, 'interview-set')).toHaveLength(candidates.length);
  });

  it('asks to look again where somebody booked or moved meanwhile', async () => {
    const { world, candidates, command, slots, slotOf } = await booked();
    const { digest } = granted(await viewDay(world, command));
    granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 2).id }));

    expect(await callOffDay(world, { ...command, digest, reason: 'Су басты' })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(await slotOf(0)).toBe(nth(slots, 2).id);
    expect(lettersIn(world, 'interview-called-off')).toEqual([]);
  });

  it('that is full is called off whole, in as many transactions as it takes', async () => {
    const { world, command, callOff } = await booked({ people: 20, monday: 20, tuesday: 0 });

    expect(granted(await callOff())).toEqual({ times: 20, told: 20 });
    expect(granted(await viewDay(world, command)).times).toEqual([]);
  });

  it('pressed twice at one moment takes each time once and writes each letter once', async () => {
    const { world, candidates, command } = await booked({ people: 4, monday: 20, tuesday: 1 });
    const { digest } = granted(await viewDay(world, command));
    const press = () => callOffDay(world, { ...command, digest, reason: 'Су басты' });

    await Promise.all([press(), press()]);
    granted(await press());

    expect(granted(await viewDay(world, command)).times).toEqual([]);
    expect(lettersIn(world, 'interview-called-off').toSorted()).toEqual(
      candidates.map(({ by }) => by.personId).toSorted(),
    );
    for (const { applicationId: id } of candidates) {
      expect((await checkRecord(world.records, { aggregate: 'candidacy', id })).fault).toBeUndefined();
    }
  });

  it('leaves what was scored, and what another secretary must call off, where it is', async () => {
    const { world, command, candidates, callOff, slotOf, slots } = await booked({ people: 3 });
    const [held, conflicted] = [nth(candidates, 0), nth(candidates, 1)];
    await inConflictWith(world, command.roundId, conflicted.applicationId, [secretary.id]);
    world.clock.to(nth(slots, 0).endsAt);
    const about = { roundId: command.roundId, applicationId: held.applicationId };
    granted(await scoreInterview(world, { ...about, by: nth(members, 0), points: allPoints(3) }));

    const { times } = granted(await viewDay(world, command));
    expect(times.map(({ stays }) => stays)).toEqual(['held', 'conflict', undefined]);
    expect(granted(await callOff())).toEqual({ times: 1, told: 1 });
    expect([await slotOf(0), await slotOf(1), await slotOf(2)]).toEqual([
      nth(slots, 0).id,
      nth(slots, 1).id,
      undefined,
    ]);
  });

  it('needs a reason', async () => {
    const { callOff, slotOf, slots } = await booked();

    expect(await callOff(' ')).toMatchObject({ error: { kind: 'reason-needed' } });
    expect(await slotOf(0)).toBe(nth(slots, 0).id);
  });
});

describe('taking it back', () => {
  it('restores the former state for whoever has no other time, and tells them', async () => {
    const { world, candidates, command, callOff, slotOf, slots, panel } = await booked();
    granted(await callOff());
    const { free } = granted(await viewInterview(world, nth(candidates, 1)));
    const moved = nth(free, 0).slot.id;
    granted(await bookInterview(world, { ...nth(candidates, 1), slotId: moved }));

    expect(granted(await restoreDay(world, command))).toEqual({ times: 3, booked: 1, left: 0 });
    expect(granted(await restoreDay(world, command))).toEqual({ times: 0, booked: 0, left: 0 });

    expect([await slotOf(0), await slotOf(1)]).toEqual([nth(slots, 0).id, moved]);
    expect(lettersIn(world, 'interview-restored')).toEqual([nth(candidates, 0).by.personId]);
    expect(granted(await viewInterview(world, nth(candidates, 0))).calledOff).toBeUndefined();
    const panels = (await world.records.find(panelsAggregate, command.roundId))?.state.panels;
    expect(panels?.find(({ id }) => id === panel.id)?.sittings).toHaveLength(2);
    granted(await bookInterview(world, { ...nth(candidates, 1), slotId: nth(slots, 1).id }));
  });

  it('leaves out what its panel cannot hold any more', async () => {
    const { world, roundId, command, callOff, slotOf } = await booked();
    granted(await callOff());
    const other = await panelKept(world, roundId, { place: 'Кабинет 14' });
    await panelSlots(world, roundId, { panel: other, count: 1 });

    expect(granted(await restoreDay(world, command))).toEqual({ times: 2, booked: 1, left: 1 });
    expect(await slotOf(0)).toBeUndefined();
  });
});

it('one station of a day is called off for all who have it then, and its other panels are free again', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: withStations() });
  const slots = await stationsPlanned(world, roundId, 2);
  granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 0).id }));
  const command = { by: secretary, roundId, day, holder: { kind: 'station', station: 'lesson' } as const };
  const { days } = granted(await interviewDays(world, command));
  const { digest } = granted(await viewDay(world, command));

  granted(await callOffDay(world, { ...command, digest, reason: 'No heating.' }));

  expect(days.map(({ holder, times }) => [holder.kind, times])).toEqual([
    ['panel', 2],
    ['panel', 2],
    ['station', 2],
    ['station', 2],
  ]);
  const panels = (await world.records.find(panelsAggregate, roundId))?.state.panels ?? [];
  expect(panels.map(({ sittings }) => sittings)).toEqual([[], []]);
  expect(granted(await restoreDay(world, command))).toEqual({ times: 2, booked: 1, left: 0 });
});
