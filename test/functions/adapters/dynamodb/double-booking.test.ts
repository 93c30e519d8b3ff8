import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { doubleBooked, seatingsIn, standingIn } from '#test/builders/double-booked.ts';
import { anInterviewRoundIn, applicants, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { panelKept } from '#test/builders/panels.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('a time that thirty plan at once, before the committee and panels, is one’s, and the others are told whose', async () => {
  const world = aWorld();
  const { roundId } = await anInterviewRoundIn(world, { people: applicants(1) });
  const panel = await panelKept(world, roundId);
  const sharing = members.slice(1).map(({ id }) => id);
  const other = await panelKept(world, roundId, { place: 'Кабинет 13', members: sharing });
  for (const commit of world.records.commits) await dynamoRecords(engine).commit(commit);
  const ten = at('2022-10-24T04:00');

  // Each from a process of its own, as far as the store can tell. Every plan has half past ten in it.
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      planSlots(
        { ...world, records: dynamoRecords(engine) },
        {
          by: secretary,
          roundId,
          from: addSeconds(ten, (index % 5) * 300),
          count: 2,
          panel: [undefined, panel.id, other.id][index % 3],
          place: `Кабинет ${index}`,
        },
      ),
    ),
  );

  const records = dynamoRecords(engine);
  const won = answers.filter(({ ok }) => ok);
  expect(won).toHaveLength(1);
  const taken = nth(await standingIn(records, roundId), 0);
  const faults = answers.flatMap((answer) =>
    answer.ok || answer.error.kind !== 'invalid' ? [] : answer.error.faults,
  );
  expect(faults).toHaveLength(29);
  for (const { place, message, facts } of faults) {
    expect([place, facts?.['from']]).toEqual(['from', taken.startsAt]);
    expect(message).toMatch(/^(interview\.fault\.(planned|panel)|panel\.fault\.(sits|committee|elsewhere))$/);
  }
  expect(await standingIn(records, roundId)).toHaveLength(2);
  expect(await doubleBooked(records, roundId)).toEqual([]);
  const { bySlots, byRecord } = await seatingsIn(records, roundId);
  expect(byRecord).toEqual(bySlots);
  expect(await checkRecord(records, { aggregate: 'panels', id: roundId })).not.toHaveProperty('fault');
}, 60_000);
