import { describe, expect, it } from 'vitest';
import { appoint, callInSubstitute, dismiss } from '#functions/commands/committee.ts';
import { keepPanel, type PanelInput } from '#functions/commands/panels.ts';
import { changed } from '#functions/commands/storing.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { committeeHas, panelKept } from '#test/builders/panels.ts';
import { administrator, granted, type World } from '#test/builders/scenes.ts';
import { half, others, strangers, takenByBoth, ten, twoRounds } from '#test/builders/two-rounds.ts';
import { at } from '#test/builders/worlds.ts';

const engaged = { error: { faults: [{ message: 'panel.engaged.joins' }] } };

/** The first round at ten, before its whole committee; quite others sit on the second committee, also at ten. */
const bothAtTen = async () => {
  const scene = await twoRounds({ apart: true });
  granted(await scene.planOne());
  granted(await scene.planOther({ place: 'Кабинет 14' }));
  return scene;
};

const memberInRegion = async (world: World, personId: PersonId): Promise<void> => {
  const staff = await world.records.find(staffAggregate, staffId);
  const event = { type: 'role-granted', at: world.clock.now(), personId, role: 'member' } as const;
  const { change } = changed(staffAggregate, staffId, staff, [event]);
  granted(await world.records.commit({ by: administrator, changes: [change] }));
};

const seatFor = (world: World, roundId: RoundId, personId: PersonId) =>
  appoint(world, { by: administrator, roundId, personId, seat: 'member' });

describe('who joins a committee', () => {
  it('must be free when it sits, and may join before anything is planned or once those times are over', async () => {
    const { world, other, one } = await bothAtTen();
    const joiner = nth(half, 0);
    await memberInRegion(world, joiner);
    expect(await seatFor(world, other.roundId, joiner)).toMatchObject({
      error: {
        faults: [
          {
            place: 'personId',
            message: 'panel.engaged.joins',
            facts: { person: joiner, from: ten, until: at('2022-10-24T05:00') },
          },
        ],
      },
    });
    world.clock.to(at('2022-10-24T06:00'));
    granted(await seatFor(world, other.roundId, joiner));
    granted(await dismiss(world, { by: administrator, roundId: other.roundId, personId: joiner }));
    expect(one.roundId).not.toBe(other.roundId);
  });

  it('at the very moment when their other round is planned is in one of them', async () => {
    const { world, one, other, planOne, planOther } = await twoRounds({ apart: true });
    granted(await planOther());
    const joiner = nth(half, 0);
    await memberInRegion(world, joiner);
    world.records.interfere(() => planOne({ place: 'Кабинет 14' }));
    expect(await seatFor(world, other.roundId, joiner)).toMatchObject(engaged);

    const fresh = await twoRounds({ apart: true });
    await memberInRegion(fresh.world, joiner);
    granted(await fresh.planOne({ place: 'Кабинет 14' }));
    fresh.world.records.interfere(() => fresh.planOther());
    expect(await seatFor(fresh.world, fresh.other.roundId, joiner)).toMatchObject(engaged);
    expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
  });

  it('as a substitute must be free as well', async () => {
    const { world, other } = await bothAtTen();
    const joiner = nth(half, 1);
    const now = world.clock.now();
    await committeeHas(world, other.roundId, [
      { type: 'seat-given', at: now, roundId: other.roundId, personId: joiner, seat: 'substitute' },
    ]);
    const call = { by: secretary, roundId: other.roundId, personId: joiner, standsInFor: nth(strangers, 0) };
    expect(await callInSubstitute(world, call)).toMatchObject(engaged);
    world.clock.to(at('2022-10-24T06:00'));
    granted(await callInSubstitute(world, call));
  });
});

it('who joins a panel that is planned must be free in other rounds', async () => {
  const { world, one, other, planOne, planOther } = await twoRounds();
  const mine = await panelKept(world, one.roundId, { members: half, place: 'Кабинет 12' });
  const theirs = await panelKept(world, other.roundId, { members: others, place: 'Кабинет 14' });
  granted(await planOne({ panel: mine.id }));
  granted(await planOther({ panel: theirs.id }));
  const input: PanelInput = {
    members: [...others.slice(1), nth(members, 0).id],
    languages: ['kk', 'ru'],
    stepFree: true,
    place: 'Кабинет 14',
  };
  const swap = (sitting: PersonId[]) =>
    keepPanel(world, {
      by: secretary,
      roundId: other.roundId,
      panel: theirs.id,
      input: { ...input, members: sitting },
    });
  expect(await swap([...input.members])).toMatchObject(engaged);
  expect(await swap([...others.slice(1), nth(members, 3).id, nth(half, 2)])).toMatchObject(engaged);
  granted(await swap([...others, nth(others, 0)]));
  expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
});
