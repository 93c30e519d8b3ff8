import { describe, expect, it } from 'vitest';
import { recordGateMeeting } from '#functions/commands/gate-work.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { bookInterview, cancelInterview } from '#functions/commands/interview-booking.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import {
  anInterviewRoundIn,
  applicants,
  type Candidate,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { gateIdIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const aRoundWithSlots = async (people = 2, slots = 4, stopped = 0) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(people), stopped });
  const planned = await slotsPlanned(world, scene.roundId, slots);
  return { world, ...scene, planned };
};

const candidacyOf = async (world: World, id: ApplicationId) =>
  (await world.records.find(candidacyAggregate, id))?.state;
const slotOf = async (world: World, id: SlotId) => (await world.records.find(slotAggregate, id))?.state;

const decideGate = async (world: World, roundId: RoundId) => {
  const round = await world.records.find(roundAggregate, roundId);
  if (round?.state.stage !== 'interviews') throw new Error('No interviews.');
  const gate = await gateOfRound(world.records, round.state);
  if (!gate) throw new Error('No gate.');
  const decided = changed(gateAggregate, gate.id, gate, [
    { type: 'gate-decided', at: world.clock.now(), outcome: 'advanced', proposal: sha256Of('list') },
  ]);
  granted(
    await world.records.commit({ by: { kind: 'system', name: 'workflow' }, changes: [decided.change] }),
  );
};

const book = (world: World, { by, applicationId }: Candidate, { id: slotId }: Slot) =>
  bookInterview(world, { by, applicationId, slotId });

describe('booking an interview', () => {
  it('takes the slot, notes it at the application, and confirms it by letter', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const [slot, aigul] = [nth(planned, 1), nth(candidates, 0)];

    granted(await book(world, aigul, slot));

    expect(await slotOf(world, slot.id)).toMatchObject({ applicationId: aigul.applicationId });
    expect(await candidacyOf(world, aigul.applicationId)).toMatchObject({ slotId: slot.id });
    const letters = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template === 'interview-booked' ? [body.facts] : [],
    );
    expect(letters).toEqual([expect.objectContaining({ startsAt: '2022-10-24T04:30:00.000Z' })]);
    expect(JSON.stringify(letters)).not.toContain('кабинет');
  });

  it('is an effect: the advance into the interviews can no longer be undone', async () => {
    const { world, roundId, candidates, planned } = await aRoundWithSlots();

    granted(await book(world, nth(candidates, 0), nth(planned, 0)));

    const round = await world.records.find(roundAggregate, roundId);
    expect(round?.state).toMatchObject({ effectiveAt: world.clock.now() });
  });

  it('of another time gives the first one back, in one transaction', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const [aigul, bolat] = [nth(candidates, 0), nth(candidates, 1)];
    granted(await book(world, aigul, nth(planned, 0)));

    granted(await book(world, aigul, nth(planned, 1)));

    expect(await slotOf(world, nth(planned, 0).id)).not.toHaveProperty('applicationId');
    expect(await candidacyOf(world, aigul.applicationId)).toMatchObject({ slotId: nth(planned, 1).id });
    expect(world.records.commits.at(-1)?.changes.map(({ aggregate }) => aggregate)).toEqual([
      'slot',
      'slot',
      'candidacy',
    ]);
    granted(await book(world, bolat, nth(planned, 0)));
  });

  it('twice changes nothing and writes no second letter', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    granted(await book(world, nth(candidates, 0), nth(planned, 0)));
    const before = world.records.commits.length;

    granted(await book(world, nth(candidates, 0), nth(planned, 0)));

    expect(world.records.commits).toHaveLength(before);
  });

  it('of a slot that somebody else has is refused', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    granted(await book(world, nth(candidates, 0), nth(planned, 0)));

    expect(await book(world, nth(candidates, 1), nth(planned, 0))).toEqual({
      ok: false,
      error: { kind: 'slot-taken' },
    });
  });

  it('of the last slot by many at once succeeds for one, and the others are told', async () => {
    const { world, candidates, planned } = await aRoundWithSlots(6, 1);

    const answers = await Promise.all(candidates.map((one) => book(world, one, nth(planned, 0))));

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 5 }, () => ({ ok: false, error: { kind: 'slot-taken' } })),
    );
    const booked = await Promise.all(candidates.map((one) => candidacyOf(world, one.applicationId)));
    expect(booked.filter((one) => one?.slotId)).toHaveLength(1);
  });

  it('that is overtaken by another applicant between read and write is told that the slot is taken', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    world.records.interfere(() => book(world, nth(candidates, 1), nth(planned, 0)));

    expect(await book(world, nth(candidates, 0), nth(planned, 0))).toMatchObject({
      error: { kind: 'slot-taken' },
    });
  });

  it('of two times in two tabs at once leaves one booking', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const aigul = nth(candidates, 0);
    world.records.interfere(() => book(world, aigul, nth(planned, 1)));

    granted(await book(world, aigul, nth(planned, 0)));

    const slots = await Promise.all(planned.map(({ id }) => slotOf(world, id)));
    expect(slots.flatMap((slot) => (slot?.applicationId ? [slot.id] : []))).toEqual([nth(planned, 0).id]);
  });

  it('goes on while the secretary records a meeting at the gate', async () => {
    const { world, roundId, candidates, planned } = await aRoundWithSlots();
    const meeting = {
      by: secretary,
      roundId,
      postponed: true,
      present: [],
      reason: 'Жиналыс кейін.',
      gate: await gateIdIn(world, roundId),
      after: 0,
    };
    world.records.interfere(() => recordGateMeeting(world, meeting));

    expect(await book(world, nth(candidates, 0), nth(planned, 0))).toMatchObject({ ok: true });
  });

  it('is refused once the gate is decided, also when that comes between read and write', async () => {
    const { world, roundId, candidates, planned } = await aRoundWithSlots();
    world.records.interfere(() => decideGate(world, roundId));

    const late = await book(world, nth(candidates, 0), nth(planned, 0));

    expect(late).toMatchObject({ error: { kind: 'already-decided' } });
    expect(await slotOf(world, nth(planned, 0).id)).not.toHaveProperty('applicationId');
  });

  it('is refused for who was not invited, for a time that has begun, and for another’s application', async () => {
    const { world, candidates, planned } = await aRoundWithSlots(2, 4, 1);
    const [aigul, bolat] = [nth(candidates, 0), nth(candidates, 1)];

    expect(await book(world, bolat, nth(planned, 0))).toMatchObject({ error: { kind: 'not-in-stage' } });
    expect(
      await bookInterview(world, {
        by: bolat.by,
        applicationId: aigul.applicationId,
        slotId: nth(planned, 0).id,
      }),
    ).toMatchObject({ error: { kind: 'not-found', what: 'application' } });
    world.clock.to(at('2022-10-24T04:00'));
    expect(await book(world, aigul, nth(planned, 0))).toMatchObject({
      error: { kind: 'too-late', closesAt: '2022-10-24T04:00:00.000Z' },
    });
  });
});

describe('cancelling an interview', () => {
  it('frees the slot for others and says so by letter', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const aigul = nth(candidates, 0);
    granted(await book(world, aigul, nth(planned, 0)));

    granted(await cancelInterview(world, aigul));

    expect(await candidacyOf(world, aigul.applicationId)).not.toHaveProperty('slotId');
    expect(
      [...world.records.outbox.keys()].filter((id) => id.startsWith('interview-cancelled')),
    ).toHaveLength(1);
    granted(await book(world, nth(candidates, 1), nth(planned, 0)));
  });

  it('is refused once it has begun, and changes nothing without a booking', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const aigul = nth(candidates, 0);
    granted(await cancelInterview(world, aigul));
    granted(await book(world, aigul, nth(planned, 0)));
    world.clock.to(at('2022-10-24T04:00'));

    expect(await cancelInterview(world, aigul)).toMatchObject({ error: { kind: 'too-late' } });
  });
});

describe('an applicant’s view of the interview', () => {
  it('shows free times with their place, and the own one apart', async () => {
    const { world, candidates, planned } = await aRoundWithSlots();
    const aigul = nth(candidates, 0);
    granted(await book(world, aigul, nth(planned, 0)));
    granted(await book(world, nth(candidates, 1), nth(planned, 1)));

    const view = granted(await viewInterview(world, aigul));

    expect(view.booked).toMatchObject({
      slot: { id: nth(planned, 0).id },
      parts: [{ where: 'Талдықорған, кабинет 12' }],
    });
    expect(view.free.map(({ slot }) => slot.id)).toEqual([nth(planned, 2).id, nth(planned, 3).id]);
  });

  it('shows no times to somebody who was not invited', async () => {
    const { world, candidates } = await aRoundWithSlots(2, 4, 1);

    expect(granted(await viewInterview(world, nth(candidates, 1)))).toMatchObject({
      invited: false,
      free: [],
    });
  });
});
