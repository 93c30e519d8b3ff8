import { expect, it } from 'vitest';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { openPast } from '#functions/commands/looking-back.ts';
import { aTickingWorld, granted } from '#test/builders/scenes.ts';
import { advanceIn, aScreeningIn, auditor, chair } from '#test/builders/selection.ts';

it('closes a stage that was taken back, until the round comes to it again', async () => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  const screening = world.clock.now();
  await advanceIn(world, roundId);
  const scoring = world.clock.now();
  const open = (until: typeof scoring) => openPast(world, { by: auditor, roundId, until });
  expect(granted(await open(scoring)).until).toBe(scoring);
  world.clock.pass(1);
  granted(await undoLastAdvance(world, { by: chair, roundId, reason: 'Тізімге артық парақ түсті.' }));

  expect(await open(scoring)).toMatchObject({ error: { kind: 'wrong-stage', stage: 'screening' } });
  expect(granted(await open(screening)).until).toBe(screening);
});

it('stores nothing, and notes who reads today', async () => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  const until = world.clock.now();
  world.clock.pass(3600);
  const { reads } = granted(await openPast(world, { by: auditor, roundId, until }));

  expect(() => reads.records.commit({ by: auditor, changes: [] })).toThrow('past');
  expect(reads.clock.now()).toBe(until);
  const owner = `round#${roundId}`;
  await reads.readLog.add({ reader: auditor, owner, what: 'list', at: reads.clock.now() });
  expect((await world.readLog.of(owner)).map(({ at }) => at)).toEqual([world.clock.now()]);
});
