import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { wishForInterview } from '#functions/commands/interview-wishes.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Three people, and a panel with so many times. */
const aRound = async (people = 3, times = 4) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people) });
  const panel = await panelKept(world, scene.roundId);
  const slots = times > 0 ? await panelSlots(world, scene.roundId, { panel, count: times }) : [];
  return { world, ...scene, panel, slots };
};

const draft = async (world: World, roundId: RoundId) =>
  granted(await draftTimetable(world, { by: secretary, roundId }));

const set = async (world: World, roundId: RoundId) => {
  const { digest } = await draft(world, roundId);
  return await setTimetable(world, { by: secretary, roundId, digest });
};

const bookedSlots = async (world: World, scene: Awaited<ReturnType<typeof aRound>>) => {
  const found = await Promise.all(
    scene.candidates.map((one) => world.records.find(candidacyAggregate, one.applicationId)),
  );
  return found.flatMap((one) => one?.state.slotId ?? []);
};

const letters = (world: World, template: string) =>
  [...world.records.outbox.keys()].filter((id) => id.startsWith(template));

describe('setting a timetable', () => {
  it('books a time for everyone who has none, with a letter, and leaves bookings as they are', async () => {
    const scene = await aRound();
    const { world, roundId, candidates, slots } = scene;
    granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 2).id }));

    expect(await set(world, roundId)).toEqual({ ok: true, value: { booked: 2 } });

    const booked = await bookedSlots(world, scene);
    expect(booked[0]).toBe(nth(slots, 2).id);
    expect(new Set(booked)).toEqual(new Set([0, 1, 2].map((index) => nth(slots, index).id)));
    expect(letters(world, 'interview-set')).toHaveLength(2);
    for (const [index, id] of booked.entries()) {
      const slot = await world.records.find(slotAggregate, id);
      expect(slot?.state.applicationId).toBe(nth(candidates, index).applicationId);
    }
  });

  it('twice, also at the same moment, books and writes once', async () => {
    const { world, roundId } = await aRound();
    const { digest } = await draft(world, roundId);
    const command = { by: secretary, roundId, digest };

    const both = await Promise.all([setTimetable(world, command), setTimetable(world, command)]);
    const again = await setTimetable(world, command);

    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(again).toEqual({ ok: true, value: { booked: 0 } });
    expect(letters(world, 'interview-set')).toHaveLength(3);
  });

  it('that was not the one seen is refused, and the new one can be', async () => {
    const { world, roundId, candidates, slots } = await aRound();
    const { digest } = await draft(world, roundId);
    granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 0).id }));

    expect(await setTimetable(world, { by: secretary, roundId, digest })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect((await set(world, roundId)).ok).toBe(true);
  });

  it('takes no time from somebody who books it while the timetable is stored', async () => {
    const scene = await aRound();
    const { world, roundId, candidates } = scene;
    const { outcome, digest } = await draft(world, roundId);
    if (!outcome.ok) throw new Error('No timetable.');
    const planned = nth(outcome.value.appointments, 0);
    const other = candidates.find(({ applicationId }) => applicationId !== planned.candidate);
    if (!other) throw new Error('Nobody else.');
    const taken = await world.records.find(slotAggregate, planned.time);
    if (!taken) throw new Error('No time.');
    world.records.interfere(() => bookInterview(world, { ...other, slotId: taken.state.id }));

    expect(await setTimetable(world, { by: secretary, roundId, digest })).toMatchObject({
      ok: true,
      value: { booked: 1 },
    });

    const slot = await world.records.find(slotAggregate, taken.id);
    expect(slot?.state.applicationId).toBe(other.applicationId);
    expect(new Set(await bookedSlots(world, scene)).size).toBe(2);
    expect((await set(world, roundId)).ok).toBe(true);
    expect(new Set(await bookedSlots(world, scene)).size).toBe(3);
  });

  it('leaves everybody free to book another time', async () => {
    const { world, roundId, candidates, slots } = await aRound();
    granted(await set(world, roundId));

    granted(await bookInterview(world, { ...nth(candidates, 0), slotId: nth(slots, 3).id }));

    const found = await world.records.find(candidacyAggregate, nth(candidates, 0).applicationId);
    expect(found?.state.slotId).toBe(nth(slots, 3).id);
  });

  it('is the secretary’s', async () => {
    const { world, roundId } = await aRound();

    expect(await draftTimetable(world, { by: chair, roundId })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });
});

describe('a timetable', () => {
  it('keeps wishes for the time of the day, by the clock of the round', async () => {
    const { world, roundId, candidates, panel, slots } = await aRound(2, 1);
    // Two in the afternoon in Almaty, which was six hours ahead of UTC then.
    const [late] = await panelSlots(world, roundId, { panel, count: 1, from: at('2022-10-24T08:00') });
    const wishes = { stepFree: false, part: 'afternoon' as const, days: [] };
    granted(await wishForInterview(world, { ...nth(candidates, 1), wishes }));

    const { outcome } = await draft(world, roundId);

    expect(outcome).toMatchObject({ ok: true, value: { wishes: { asked: 1, open: 0 } } });
    if (!outcome.ok) return;
    const given = new Map(outcome.value.appointments.map(({ candidate, time }) => [candidate, time]));
    expect(given.get(nth(candidates, 1).applicationId)).toBe(late?.id);
    expect(given.get(nth(candidates, 0).applicationId)).toBe(nth(slots, 0).id);
  });

  it('of the whole committee hears whoever may book its times, whatever they need', async () => {
    const scene = await aRound(2, 0);
    const { world, roundId, candidates } = scene;
    const slots = await slotsPlanned(world, roundId, 2);
    const wishes = { stepFree: true, language: 'kk' as const, days: [] };
    granted(await wishForInterview(world, { ...nth(candidates, 0), wishes }));

    expect(await set(world, roundId)).toEqual({ ok: true, value: { booked: 2 } });
    expect(new Set(await bookedSlots(world, scene))).toEqual(new Set(slots.map(({ id }) => id)));
  });

  it('that no panel makes possible says who is kept from which, and notes that needs were read', async () => {
    const { world, roundId, candidates } = await aRound(1, 0);
    const stairs = await panelKept(world, roundId, {
      stepFree: false,
      members: [chair.id, nth(members, 2).id, nth(members, 3).id],
    });
    await panelSlots(world, roundId, { panel: stairs, count: 2 });
    const { applicationId } = nth(candidates, 0);

    const { outcome, digest } = await draft(world, roundId);

    expect(outcome).toMatchObject({
      ok: false,
      error: {
        missing: 1,
        bottlenecks: [{ candidates: [applicationId], kept: ['step-free'], without: [['step-free']] }],
      },
    });
    expect(await world.readLog.newest(5)).toMatchObject([
      { reader: secretary, owner: `application#${applicationId}`, what: 'adjustments' },
    ]);
    expect(await setTimetable(world, { by: secretary, roundId, digest })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('of more people than one transaction holds is set whole', async () => {
    const scene = await aRound(21, 22);

    expect(await set(scene.world, scene.roundId)).toEqual({ ok: true, value: { booked: 21 } });
    expect(new Set(await bookedSlots(scene.world, scene)).size).toBe(21);
  });
});
