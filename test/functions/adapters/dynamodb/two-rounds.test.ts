import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { engagedRoundsId } from '#shared/domain/engaged-rounds.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { standingIn } from '#test/builders/double-booked.ts';
import { nth, secretary } from '#test/builders/interview-scenes.ts';
import { takenByBoth, ten, twoRounds } from '#test/builders/two-rounds.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** Each from a process of its own, as far as the store can tell; the even ones for the first round, the odd ones for the second. */
const thirtyAtOnce = async (apart: boolean, beginsAfter: (index: number) => number) => {
  const { world, one, other } = await twoRounds({ apart });
  await engine.stop();
  engine = await startEngine();
  for (const commit of world.records.commits) await dynamoRecords(engine).commit(commit);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      planSlots(
        { ...world, records: dynamoRecords(engine) },
        {
          by: secretary,
          roundId: index % 2 === 0 ? one.roundId : other.roundId,
          from: addSeconds(ten, beginsAfter(index) * 60),
          count: 2,
          place: apart ? 'Кабинет 12' : `Кабинет ${index}`,
        },
      ),
    ),
  );
  const records = dynamoRecords(engine);
  expect(await takenByBoth(records, one.roundId, other.roundId)).toEqual([]);
  const region = { aggregate: 'engaged-rounds', id: engagedRoundsId } as const;
  expect(await checkRecord(records, region)).not.toHaveProperty('fault');
  const standing = [
    ...(await standingIn(records, one.roundId)),
    ...(await standingIn(records, other.roundId)),
  ];
  return { answers, standing };
};

it.for([
  ['the same people', false, 'person'],
  ['the same room, with quite other people', true, 'room'],
] as const)(
  'a time that thirty plan at once in two rounds is one’s: %s',
  { timeout: 120_000 },
  async ([, apart, taken]) => {
    const { answers, standing } = await thirtyAtOnce(apart, (index) => (index % 5) * 5);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(standing).toHaveLength(2);
    const faults = answers.flatMap((answer) =>
      answer.ok || answer.error.kind !== 'invalid' ? [] : answer.error.faults,
    );
    expect(faults).toHaveLength(29);
    const own = faults.filter(({ message }) => message === 'interview.fault.planned');
    const theirs = faults.filter(({ message }) => message === `panel.engaged.${taken}`);
    // Fifteen of the round that won, and it was one of them.
    expect([own.length, theirs.length]).toEqual([14, 15]);
    expect(nth(theirs, 0).facts?.['from']).toBeDefined();
  },
);

it('thirty times that do not meet are all planned, none of them told to come back', async () => {
  const { answers, standing } = await thirtyAtOnce(false, (index) => index * 60);
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect(standing).toHaveLength(60);
}, 120_000);
