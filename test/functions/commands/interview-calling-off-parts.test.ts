import { expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { bookedTime, callInterviewOff } from '#functions/commands/interview-calling-off.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { anInterviewRoundIn, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { stationsPlanned } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

it('an interview of several stations is called off with every part, until one of them was scored', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: withStations() });
  const aigul = nth(candidates, 0);
  const slot = nth(await stationsPlanned(world, roundId, 1), 0);
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  world.clock.to(at('2022-10-24T04:25'));
  const command = { by: secretary, roundId, slotId: slot.id };
  const points = { 'subject-teaching': 4, 'sample-lesson': 4 };

  const before = granted(await bookedTime(world, command));
  const card = { roundId, applicationId: aigul.applicationId, by: nth(members, 0), points };
  granted(await scoreInterview(world, { ...card, station: 'lesson' }));
  const after = granted(await bookedTime(world, command));

  expect(before.parts.map(({ where }) => where)).toEqual(['204-бөлме', '118-бөлме']);
  expect([before.isHeld, after.isHeld]).toEqual([false, true]);
  expect(await callInterviewOff(world, { ...command, reason: 'No heating.' })).toMatchObject({
    error: { kind: 'too-late' },
  });
});
