import { describe, expect, it } from 'vitest';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { viewDay } from '#functions/commands/interview-days.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { engagedRoundsAggregate, engagedRoundsId } from '#shared/domain/engaged-rounds.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { advanceTo, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept } from '#test/builders/panels.ts';
import { aRoundFile, withSites } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import {
  asBefore,
  half,
  others,
  roundHas,
  strangers,
  takenByBoth,
  ten,
  twoRounds,
} from '#test/builders/two-rounds.ts';
import { at } from '#test/builders/worlds.ts';

const quarterPast = at('2022-10-24T04:15');
const eleven = at('2022-10-24T05:00');

const faultsIn = (answer: Result<unknown, Refusal>): unknown[] =>
  answer.ok || answer.error.kind !== 'invalid' ? [] : [...answer.error.faults];

const person = { message: 'panel.engaged.person' };
const room = { message: 'panel.engaged.room' };

const reason = { owner: 'test', kind: 'reason' as const, version: 1, digest: sha256Of('Конкурс жойылды') };

const dayOff = async (world: World, roundId: RoundId) => {
  const day = { by: secretary, roundId, day: '2022-10-24', holder: { kind: 'committee' } } as const;
  const { digest } = granted(await viewDay(world, day));
  granted(await callOffDay(world, { ...day, digest, reason: 'Су басты' }));
  return () => restoreDay(world, day);
};

describe('somebody of two committees', () => {
  it('is planned by the first of two rounds, and the other is told who and when, and nothing else', async () => {
    const { planOne, planOther, other, world } = await twoRounds();
    granted(await planOne());

    const faults = faultsIn(await planOther({ from: quarterPast, place: 'Кабинет 14', count: 3 }));
    expect(faults).toEqual([
      {
        place: 'from',
        message: 'panel.engaged.person',
        facts: { person: half[0], from: quarterPast, until: eleven, zone: 'Asia/Almaty' },
      },
    ]);
    expect(await slotsIn(world.records, other.roundId)).toEqual([]);
    granted(await planOther({ from: eleven, place: 'Кабинет 14' }));
  });

  it('is planned once where both rounds plan at the very same moment, the first plans of the region too', async () => {
    const { planOne, planOther, one, other, world } = await twoRounds();
    const panel = await panelKept(world, other.roundId, { members: half, place: 'Кабинет 14' });
    world.records.interfere(() => planOther({ panel: panel.id }));
    expect(faultsIn(await planOne({ from: quarterPast }))).toMatchObject([person]);

    world.records.interfere(() => planOne({ from: at('2022-10-24T06:00') }));
    expect(faultsIn(await planOther({ panel: panel.id, from: at('2022-10-24T06:30') }))).toMatchObject([
      person,
    ]);
    expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
  });

  it('is free for the other round while panels without them sit', async () => {
    const { planOne, planOther, one, other, world } = await twoRounds();
    const mine = await panelKept(world, one.roundId, { members: half, place: 'Кабинет 12' });
    const theirs = await panelKept(world, other.roundId, { members: others, place: 'Кабинет 14' });
    granted(await planOne({ panel: mine.id }));
    granted(await planOther({ panel: theirs.id }));
    expect(faultsIn(await planOther())).toMatchObject([{ message: 'interview.fault.panel' }]);
  });

  it('has the time for the way from where they sit in the other round', async () => {
    const files = [withSites(aRoundFile()), withSites(aRoundFile())];
    const { planOne, planOther, one, other, world } = await twoRounds({ files });
    const mine = await panelKept(world, one.roundId, { members: half, site: 'lyceum' });
    const theirs = await panelKept(world, other.roundId, { members: half, site: 'college' });
    granted(await planOne({ panel: mine.id, count: 1 }));

    const half11 = at('2022-10-24T04:30');
    expect(faultsIn(await planOther({ panel: theirs.id, from: half11 }))).toMatchObject([
      { message: 'panel.engaged.person', facts: { from: half11, until: at('2022-10-24T05:10') } },
    ]);
    granted(await planOther({ panel: theirs.id, from: at('2022-10-24T05:10') }));
  });
});

describe('a room', () => {
  it('in which one round holds interviews is no other’s then, whoever sits there and however it is written', async () => {
    const { planOne, planOther, one, other, world } = await twoRounds({ apart: true });
    const theirs = await panelKept(world, other.roundId, {
      members: strangers.slice(0, 3),
      place: 'кабинет  12 ',
    });
    granted(await planOne());
    expect(faultsIn(await planOther({ panel: theirs.id }))).toMatchObject([
      { message: 'panel.engaged.room', facts: { room: 'кабинет  12', from: ten, until: eleven } },
    ]);
    expect(faultsIn(await planOther({ from: quarterPast }))).toMatchObject([room]);
    granted(await planOther({ from: quarterPast, place: 'Кабинет 14' }));

    granted(await planOther({ panel: theirs.id, from: at('2022-10-24T06:00') }));
    expect(faultsIn(await planOne({ from: at('2022-10-24T06:30') }))).toMatchObject([room]);
    expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
  });

  it('is another one at another site, and none where only a call is said', async () => {
    const files = [withSites(aRoundFile()), withSites(aRoundFile())];
    const { planOne, planOther, one, other, world } = await twoRounds({ apart: true, files });
    const mine = await panelKept(world, one.roundId, { members: half, site: 'lyceum' });
    const theirs = await panelKept(world, other.roundId, { members: strangers.slice(0, 3), site: 'college' });
    const same = await panelKept(world, other.roundId, { members: strangers.slice(0, 3), site: 'lyceum' });
    granted(await planOne({ panel: mine.id }));
    granted(await planOther({ panel: theirs.id }));
    expect(faultsIn(await planOther({ panel: same.id, from: quarterPast }))).toMatchObject([
      { message: 'panel.fault.elsewhere' },
    ]);
    granted(await planOne({ place: 'Zoom', from: at('2022-10-24T06:00') }));
    granted(await planOther({ place: 'Zoom', from: at('2022-10-24T06:00') }));
  });
});

describe('times of one round', () => {
  it('are free for others once they left its plan, and left out of what is restored once others have them', async () => {
    const { planOne, planOther, one, other, world } = await twoRounds();
    const [first] = granted(await planOne());
    if (!first) throw new Error('No time.');
    granted(await removeFreeSlot(world, { by: secretary, roundId: one.roundId, slotId: first.id }));
    granted(await planOther({ count: 1 }));

    const back = await dayOff(world, one.roundId);
    granted(await planOther({ from: at('2022-10-24T04:30'), count: 1 }));
    expect(granted(await back())).toEqual({ times: 0, booked: 0, left: 1 });
    expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
  });

  it('are free once it is cancelled', async () => {
    const { planOne, planOther, one, world } = await twoRounds();
    granted(await planOne());
    await roundHas(world, one.roundId, { type: 'round-cancelled', at: world.clock.now(), reason });
    expect(await planOther()).toMatchObject({ ok: true });
  });

  it('are free once its interviews are over', async () => {
    const { planOne, planOther, one, other, world } = await twoRounds();
    granted(await planOne());
    await advanceTo(world, one.roundId, { from: 'interviews', to: 'preliminary', standings: [] });
    expect(faultsIn(await planOther({ from: at('2022-10-24T04:45') }))).toEqual([]);
    expect(await slotsIn(world.records, other.roundId)).toHaveLength(2);
  });
});

describe('what was planned before rounds knew of each other', () => {
  it.for([
    ['people', false, person],
    ['rooms', true, room],
  ] as const)('is taken all the same: %s', async ([, apart, fault]) => {
    const { planOne, one, other, world } = await twoRounds({ apart });
    granted(await planOne());
    const old = await asBefore(world);
    const planOther = (from = ten) =>
      planSlots(old, { by: secretary, roundId: other.roundId, from, count: 1, place: 'Кабинет 12' });

    expect(faultsIn(await planOther(quarterPast))).toMatchObject([fault]);
    granted(await planOther(eleven));
    const { state } = (await old.records.find(engagedRoundsAggregate, engagedRoundsId)) ?? {};
    expect(state?.rounds.map(({ roundId }) => roundId).toSorted()).toEqual(
      [one.roundId, other.roundId].toSorted(),
    );
    expect(await takenByBoth(old.records, one.roundId, other.roundId)).toEqual([]);
    const { roundId } = one;
    const again = { by: secretary, roundId, from: eleven, count: 1, place: 'Кабинет 12' };
    expect(faultsIn(await planSlots(old, again))).toMatchObject([fault]);
  });
});
