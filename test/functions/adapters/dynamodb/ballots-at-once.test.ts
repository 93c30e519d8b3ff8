import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { vote } from '#functions/commands/gate-work.ts';
import { castBallotOn } from '#functions/commands/polls.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { pollsAggregate } from '#shared/domain/poll.ts';
import { anOpenPoll } from '#test/builders/poll-scenes.ts';
import { chair, dana, gateIdIn, members, seatIn } from '#test/builders/selection.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** A poll, and a committee of twenty-five. */
const aLargeCommittee = async () => {
  const scene = await anOpenPoll();
  const { world, roundId } = scene;
  const added = Array.from({ length: 20 }, (_, place) => ({
    ...dana,
    id: PersonId.parse(`ADDED${place}`.padStart(20, '0')),
  }));
  await seatIn(
    world,
    roundId,
    added.map((person) => [person, 'member'] as const),
  );
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);
  return { ...scene, records, voters: [chair, ...members, ...added] };
};

it('ballots and votes of a whole committee at the same moment are all kept, each once, by a real engine', async () => {
  const { world, roundId, near, records, voters } = await aLargeCommittee();
  const { number: poll } = (await records.find(pollsAggregate, roundId))?.state.polls[0] ?? { number: 0 };
  const gate = await gateIdIn(world, roundId);
  const { proposal } = (await records.find(gateAggregate, gate))?.state ?? {};
  if (!proposal) throw new Error('Nothing lies on the table.');
  // Each from a process of its own, as far as the store can tell.
  const process = () => ({ ...world, records: dynamoRecords(engine) });
  const ranksOf = (place: number) =>
    near.map((applicationId, index) => ({ applicationId, rank: ((index + place) % near.length) + 1 }));
  const castBy = (place: number) =>
    castBallotOn(process(), { by: voters[place] ?? chair, roundId, poll, seen: 0, ranks: ranksOf(place) });

  // The first two press twice.
  const cast = await Promise.all([...voters.keys(), 0, 1].map(castBy));
  expect(cast.filter(({ ok }) => !ok)).toEqual([]);
  const voted = await Promise.all(
    voters.map((by) => vote(process(), { by, roundId, proposal, choice: 'for', reason: '' })),
  );
  expect(voted.filter(({ ok }) => !ok)).toEqual([]);

  const { ballots } = (await records.find(pollsAggregate, roundId))?.state.polls[0] ?? { ballots: [] };
  expect(ballots.map(({ memberId }) => memberId).toSorted()).toEqual(voters.map(({ id }) => id).toSorted());
  for (const [place, { id }] of voters.entries()) {
    const own = ballots.find(({ memberId }) => memberId === id);
    expect(own).toMatchObject({ version: 1, ranks: ranksOf(place) });
  }
  expect((await records.find(gateAggregate, gate))?.state.votes).toHaveLength(voters.length);
  expect(await checkRecord(records, { aggregate: 'polls', id: roundId })).toEqual({
    events: voters.length + 1,
  });
}, 120_000);
