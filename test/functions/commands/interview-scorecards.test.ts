import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { recordAttendance, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import {
  allPoints,
  anInterviewRoundIn,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const member = nth(members, 0);

/** Aigul's interview has begun; Bolat has booked none. */
const interviewed = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world);
  const [slot] = await slotsPlanned(world, roundId);
  if (!slot) throw new Error('No slot.');
  granted(await bookInterview(world, { ...nth(candidates, 0), slotId: slot.id }));
  world.clock.to(at('2022-10-24T04:10'));
  const [aigul, bolat] = candidates.map(({ applicationId }) => applicationId);
  if (!aigul || !bolat) throw new Error('Nobody applied.');
  return { world, roundId, aigul, bolat };
};

const candidacyOf = async (world: World, id: ApplicationId) =>
  (await world.records.find(candidacyAggregate, id))?.state;

const declareConflict = async (world: World, roundId: RoundId, applicationId: ApplicationId) => {
  const before = await world.records.find(committeeAggregate, roundId);
  const { change } = changed(committeeAggregate, roundId, before, [
    { type: 'conflict-declared', at: world.clock.now(), memberId: member.id, applicationId },
  ]);
  return await world.records.commit({ by: member, changes: [change] });
};

describe('a scorecard', () => {
  it('is one member’s points with their total; a better one takes its place', async () => {
    const { world, roundId, aigul } = await interviewed();
    const card = { by: member, roundId, applicationId: aigul };

    granted(await scoreInterview(world, { ...card, points: allPoints(2) }));
    granted(await scoreInterview(world, { ...card, points: allPoints(4) }));
    granted(await scoreInterview(world, { ...card, points: allPoints(4) }));

    const { scorecards } = (await candidacyOf(world, aigul)) ?? {};
    expect(scorecards).toMatchObject([{ raterId: member.id, total: 100 }]);
    expect((await world.records.history('candidacy', aigul)).map(({ fact }) => fact.type)).toEqual([
      'candidacy-opened',
      'interview-booked',
      'scorecard-given',
      'scorecard-given',
    ]);
  });

  it('with points beside the scale is refused, and names the criterion', async () => {
    const { world, roundId, aigul } = await interviewed();
    const points = { ...allPoints(2), pupils: 7 };

    expect(await scoreInterview(world, { by: member, roundId, applicationId: aigul, points })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'points.pupils' }] },
    });
  });

  it('is refused before the interview begins, without one, and after an absence', async () => {
    const { world, roundId, aigul, bolat } = await interviewed();
    const card = { by: member, roundId, points: allPoints(2) };

    expect(await scoreInterview(world, { ...card, applicationId: bolat })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
    world.clock.to(at('2022-10-24T03:59'));
    expect(await scoreInterview(world, { ...card, applicationId: aigul })).toMatchObject({
      error: { kind: 'too-early', until: '2022-10-24T04:00:00.000Z' },
    });
    world.clock.to(at('2022-10-24T04:20'));
    granted(await recordAttendance(world, { by: secretary, roundId, applicationId: aigul, came: false }));
    expect(await scoreInterview(world, { ...card, applicationId: aigul })).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });

  it('is refused for a member with a conflict of interest, also when it is declared meanwhile', async () => {
    const { world, roundId, aigul } = await interviewed();
    world.records.interfere(() => declareConflict(world, roundId, aigul));

    expect(
      await scoreInterview(world, { by: member, roundId, applicationId: aigul, points: allPoints(2) }),
    ).toMatchObject({ error: { kind: 'conflict-of-interest' } });
  });

  it('is not for the secretary', async () => {
    const { world, roundId, aigul } = await interviewed();

    expect(
      await scoreInterview(world, { by: secretary, roundId, applicationId: aigul, points: allPoints(2) }),
    ).toMatchObject({ error: { kind: 'not-allowed' } });
  });
});

describe('an absence', () => {
  it('is noted by the secretary and can be taken back', async () => {
    const { world, roundId, aigul } = await interviewed();
    const note = { by: secretary, roundId, applicationId: aigul };

    granted(await recordAttendance(world, { ...note, came: false }));
    expect(await candidacyOf(world, aigul)).toMatchObject({ missedInterview: true });
    granted(await recordAttendance(world, { ...note, came: true }));
    expect(await candidacyOf(world, aigul)).toMatchObject({ missedInterview: false });
  });

  it('cannot be noted before the interview was to begin', async () => {
    const { world, roundId, aigul } = await interviewed();
    world.clock.to(at('2022-10-24T03:59'));

    expect(
      await recordAttendance(world, { by: secretary, roundId, applicationId: aigul, came: false }),
    ).toMatchObject({ error: { kind: 'too-early' } });
  });
});
