import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { anInterviewRoundIn, applicants, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('the last slot, booked by a hundred clients at once, is one person’s in a real engine too', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(10) });
  const slot = nth(await slotsPlanned(world, roundId, 1), 0);
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);

  // Each from a process of its own, as far as the store can tell.
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      bookInterview(
        { ...world, records: dynamoRecords(engine) },
        { ...nth(candidates, index % 10), slotId: slot.id },
      ),
    ),
  );

  // Ten clients are those of whoever got it: the second press changes nothing.
  expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind]))).toEqual(
    Array.from({ length: 90 }, () => 'slot-taken'),
  );
  const booked = await records.find(slotAggregate, slot.id);
  const winner = candidates.find((_, index) => answers[index]?.ok);
  expect(booked?.state.applicationId).toBe(winner?.applicationId);
  expect(await checkRecord(records, { aggregate: 'slot', id: slot.id })).toEqual({ events: 2 });
}, 60_000);
