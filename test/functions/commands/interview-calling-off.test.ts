import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { bookedTime, callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { addSeconds } from '#shared/domain/time.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  chair,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Aigul has booked the first of two times. */
const booked = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(2) });
  const planned = await slotsPlanned(world, roundId, 2);
  const [aigul, bolat, slot, other] = [
    nth(candidates, 0),
    nth(candidates, 1),
    nth(planned, 0),
    nth(planned, 1),
  ];
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  const about = { by: secretary, roundId, applicationId: aigul.applicationId };
  const callOff = (reason = 'Су басты', by = secretary, notHeld?: boolean) =>
    callInterviewOff(world, { by, roundId, slotId: slot.id, reason, notHeld });
  const candidacy = async () => (await world.records.find(candidacyAggregate, aigul.applicationId))?.state;
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template === 'interview-called-off' ? [body] : [],
    );
  return { world, roundId, aigul, bolat, slot, other, about, callOff, candidacy, letters };
};

describe('calling a booked interview off', () => {
  it('takes the time out of the plan, tells the applicant once, and lets them book another', async () => {
    const { world, aigul, slot, other, callOff, candidacy, letters } = await booked();

    granted(await callOff());
    granted(await callOff());

    expect((await candidacy())?.slotId).toBeUndefined();
    expect((await world.records.find(slotAggregate, slot.id))?.state).toMatchObject({
      removedAt: world.clock.now(),
    });
    expect(letters()).toMatchObject([
      { personId: aigul.by.personId, facts: { startsAt: slot.startsAt, number: aigul.application.number } },
    ]);
    const seen = granted(await viewInterview(world, aigul));
    expect(seen.calledOff).toEqual({
      at: world.clock.now(),
      reason: 'Су басты',
      startsAt: slot.startsAt,
    });
    expect(seen.free.map(({ slot: { id } }) => id)).toEqual([other.id]);
    granted(await bookInterview(world, { ...aigul, slotId: other.id }));
    expect(granted(await viewInterview(world, aigul)).calledOff).toBeUndefined();
    const name = { aggregate: 'candidacy', id: aigul.applicationId } as const;
    expect((await checkRecord(world.records, name)).fault).toBeUndefined();
  });

  it('asks from the beginning on whether it was held, since somebody may have come', async () => {
    const { world, roundId, aigul, slot, other, callOff, candidacy } = await booked();
    world.clock.to(slot.startsAt);
    expect(await callOff()).toMatchObject({ error: { kind: 'invalid', faults: [{ place: 'notHeld' }] } });
    const about = { by: chair, roundId, applicationId: aigul.applicationId };
    granted(await writeNote(world, { ...about, note: 'Жарық сөніп қалды.' }));
    const seen = granted(await bookedTime(world, { by: secretary, roundId, slotId: slot.id }));
    expect(seen).toMatchObject({ isHeld: false, hasBegun: true, isWritten: true });

    granted(await callOff('Жарық сөнді', secretary, true));

    const events = (await world.records.history('candidacy', aigul.applicationId)).map(({ fact }) => fact);
    expect(events.findLast(({ type }) => type === 'interview-cancelled')).toMatchObject({ notHeld: true });
    granted(await bookInterview(world, { ...aigul, slotId: other.id }));
    expect((await candidacy())?.slotId).toBe(other.id);
  });

  it('stays owed where the applicant gives up the time that they booked instead, moved or not', async () => {
    const { world, roundId, aigul, other, callOff, candidacy } = await booked();
    granted(await callOff());
    const owed = (await candidacy())?.calledOff;
    const [third] = granted(
      await planSlots(world, {
        by: secretary,
        roundId,
        from: at('2022-10-26T04:00'),
        count: 1,
        place: 'Зал',
      }),
    );
    if (!third) throw new Error('There is no third time.');

    for (const moves of [[other], [other, third]]) {
      for (const { id: slotId } of moves) granted(await bookInterview(world, { ...aigul, slotId }));
      expect((await candidacy())?.calledOff).toBeUndefined();
      granted(await cancelInterview(world, aigul));
      const after = await candidacy();
      expect(after).toMatchObject({ calledOff: owed, missedInterview: false });
      expect([after?.slotId, after?.replaced]).toEqual([undefined, undefined]);
    }
    const name = { aggregate: 'candidacy', id: aigul.applicationId } as const;
    expect((await checkRecord(world.records, name)).fault).toBeUndefined();
  });

  it('leaves one who came not as one who came not, where they give up the time booked after it', async () => {
    const { world, about, aigul, slot, other, candidacy } = await booked();
    world.clock.to(addSeconds(slot.startsAt, 60));
    granted(await recordAttendance(world, { ...about, came: false }));
    granted(await bookInterview(world, { ...aigul, slotId: other.id }));
    expect(await candidacy()).toMatchObject({ slotId: other.id, missedInterview: false });

    granted(await cancelInterview(world, aigul));

    expect(await candidacy()).toMatchObject({ slotId: slot.id, missedInterview: true });
  });

  it('costs nobody the selection before another time has passed that they could have booked', async () => {
    const { world, roundId, other, callOff } = await booked();
    granted(await callOff());

    const draw = { by: secretary, roundId };
    expect(await drawUpProposal(world, draw)).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1 },
    });
    world.clock.to(other.startsAt);
    granted(await drawUpProposal(world, draw));
  });

  it('is not for whom has withdrawn', async () => {
    const { world, aigul, slot, callOff, letters } = await booked();
    world.clock.to(slot.startsAt);
    granted(await withdrawApplication(world, { ...aigul, reasonCode: 'not-said' }));

    expect(await callOff()).toMatchObject({ error: { kind: 'not-in-stage' } });
    expect(letters()).toEqual([]);
  });

  it('stands in the timeline of whom it concerns, without the reason', async () => {
    const { world, aigul, callOff } = await booked();
    granted(await callOff());

    const { steps } = granted(await ownTimeline(world, aigul));
    expect(steps.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['interview-called-off', 'interview-open']),
    );
    expect(JSON.stringify(steps)).not.toContain('Су басты');
  });

  it('puts no typed text into the events', async () => {
    const { world, aigul, callOff } = await booked();
    granted(await callOff());

    const events = JSON.stringify(await world.records.history('candidacy', aigul.applicationId));
    expect(events).toContain('interview-cancelled');
    expect(events).not.toContain('Су басты');
    expect(JSON.stringify([...world.records.outbox.values()])).not.toContain('Су басты');
  });

  it('needs a reason, and one that is not a paper', async () => {
    const { callOff, candidacy, slot } = await booked();

    expect(await callOff('  ')).toMatchObject({ error: { kind: 'reason-needed' } });
    expect(await callOff('a'.repeat(2001))).toMatchObject({ error: { kind: 'invalid' } });
    expect((await candidacy())?.slotId).toBe(slot.id);
  });

  it('is possible when nobody came to hold it, and not once it has been scored', async () => {
    const late = await booked();
    late.world.clock.to(late.slot.endsAt);
    granted(await late.callOff('Комиссия келмеді', secretary, true));

    const held = await booked();
    held.world.clock.to(held.slot.endsAt);
    granted(await scoreInterview(held.world, { ...held.about, by: chair, points: allPoints(3) }));
    expect(await held.callOff()).toMatchObject({ error: { kind: 'too-late' } });
    expect((await held.candidacy())?.slotId).toBe(held.slot.id);
  });

  it('is not the way to take an absence back', async () => {
    const { world, about, callOff, slot } = await booked();
    world.clock.to(slot.endsAt);
    granted(await recordAttendance(world, { ...about, came: false }));

    expect(await callOff()).toMatchObject({ error: { kind: 'not-in-stage' } });
  });

  it('finds that the applicant gave the time back meanwhile, or that somebody else has it now', async () => {
    const { world, aigul, bolat, slot, callOff, letters } = await booked();
    granted(await cancelInterview(world, aigul));
    expect(await callOff()).toMatchObject({ error: { kind: 'changed-meanwhile' } });

    granted(await bookInterview(world, { ...bolat, slotId: slot.id }));
    granted(await callOff());
    expect(letters()).toMatchObject([{ personId: bolat.by.personId }]);
  });

  it('is the secretary’s, who has no conflict of interest with the applicant', async () => {
    const { world, roundId, about, slot, callOff } = await booked();

    expect(await callOff('Ауырып қалды', chair)).toMatchObject({ error: { kind: 'not-allowed' } });
    granted(await declareOwnConflict(world, about));
    expect(await callOff()).toMatchObject({ error: { kind: 'conflict-of-interest' } });
    const seen = await bookedTime(world, { by: secretary, roundId, slotId: slot.id });
    expect(seen).toMatchObject({ error: { kind: 'conflict-of-interest' } });
  });

  it('and a booking that moves at the same instant leave one booking or none, never a lost one', async () => {
    const { world, aigul, slot, other, callOff, candidacy } = await booked();

    const [moved, off] = await Promise.all([bookInterview(world, { ...aigul, slotId: other.id }), callOff()]);

    granted(moved);
    expect((await candidacy())?.slotId).toBe(other.id);
    const left = (await world.records.find(slotAggregate, slot.id))?.state;
    expect(left?.applicationId).toBeUndefined();
    expect(off.ok ? left?.removedAt !== undefined : off.error.kind === 'changed-meanwhile').toBe(true);
  });
});
