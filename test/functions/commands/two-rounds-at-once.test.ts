import { expect, it } from 'vitest';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { viewDay } from '#functions/commands/interview-days.ts';
import { removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { engagedRoundsId } from '#shared/domain/engaged-rounds.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { interleaved } from '#test/builders/interleaved.ts';
import { nth, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';
import { half, onceMore, others, strangers, takenByBoth, twoRounds } from '#test/builders/two-rounds.ts';
import { at } from '#test/builders/worlds.ts';

const quarterPast = at('2022-10-24T04:15');
const eleven = at('2022-10-24T05:00');

/** A panel of each round in the same room, a day of the first that was called off, and a free time of the second. */
const aScene = async (apart: boolean) => {
  const rounds = await twoRounds({ apart });
  const { planOne, planOther, one, other, world } = rounds;
  const theirs = await panelKept(world, other.roundId, {
    members: apart ? strangers.slice(0, 3) : others,
    place: 'Кабинет 12 ',
  });
  const mine = await panelKept(world, one.roundId, { members: half, place: 'кабинет  12' });
  granted(await planOne({ count: 1 }));
  const day = {
    by: secretary,
    roundId: one.roundId,
    day: '2022-10-24',
    holder: { kind: 'committee' },
  } as const;
  const { digest } = granted(await viewDay(world, day));
  granted(await callOffDay(world, { ...day, digest, reason: 'Су басты' }));
  const [free] = granted(await planOther({ from: eleven, count: 1, place: 'Кабинет 14' }));
  if (!free) throw new Error('No time.');
  return { rounds, mine, theirs, free, day };
};

it('whatever two rounds plan, restore and remove in whatever order, nobody and no room is taken twice', async () => {
  const refused: string[] = [];
  const asked = (work: () => Promise<Result<unknown, Refusal>>) => async () => {
    const answer = await work();
    if (!answer.ok) refused.push(answer.error.kind);
  };
  const scenes = [await aScene(true), await aScene(false)];
  for (let seed = 0; seed < 60; seed += 1) {
    const { rounds, mine, theirs, free, day } = nth(scenes, seed % 2);
    const { planOne, planOther, one, other, world } = await onceMore(rounds);

    const done = await interleaved(world.records, `${seed}`, [
      asked(() => restoreDay(world, day)),
      asked(() => planOther({ from: quarterPast })),
      asked(() => planOther({ panel: theirs.id })),
      asked(() => planOne({ panel: mine.id, from: quarterPast })),
      asked(() => planOne({ from: eleven, place: 'Кабинет 15' })),
      asked(() => removeFreeSlot(world, { by: secretary, roundId: other.roundId, slotId: free.id })),
    ]);
    for (const settled of done) if (settled.status === 'rejected') throw settled.reason;
    expect(await takenByBoth(world.records, one.roundId, other.roundId)).toEqual([]);
    const region = { aggregate: 'engaged-rounds', id: engagedRoundsId } as const;
    expect(await checkRecord(world.records, region)).not.toHaveProperty('fault');
  }
  expect(refused.filter((kind) => kind !== 'invalid' && kind !== 'changed-meanwhile')).toEqual([]);
  // Else the test says nothing.
  expect(refused.length).toBeGreaterThan(60);
}, 60_000);
