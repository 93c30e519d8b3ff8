import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aVacancy, releasedIn } from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('the last seat, which a dozen want and a hundred clients answer for at once, is one person’s', async () => {
  const world = aWorld();
  const dozen = Array.from({ length: 12 }, () => ({ choices: ['MAT-001'] }));
  const scene = await releasedIn(world, dozen, [aVacancy('MAT-001')]);
  granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
  for (const commit of world.records.commits) await dynamoRecords(engine).commit(commit);
  // Each from a process of its own, as far as the store can tell.
  const client = () => ({ ...world, records: dynamoRecords(engine) });
  const workflow = { roundId: scene.roundId, by: { kind: 'system', name: 'workflow' } as const };

  // As many machines as may look after offers that ended at one moment.
  const made = await Promise.all(Array.from({ length: 10 }, () => makeNextOffers(client(), workflow)));
  const { records } = client();
  const asked = await Promise.all(
    scene.people.map(({ applicationId }) => records.find(candidacyAggregate, applicationId)),
  );
  const open = asked.flatMap((one) => one?.state.offers.filter(({ status }) => status === 'open') ?? []);
  const [offer] = open;
  const [, second] = scene.people;
  if (!offer || !second) throw new Error('Nobody was asked.');
  const command = {
    by: { personId: second.personId },
    applicationId: second.applicationId,
    offerId: offer.id,
  };
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_one, index) =>
      index % 2 === 0
        ? acceptOffer(client(), command)
        : declineOffer(client(), { ...command, reason: 'terms' }),
    ),
  );

  expect(made.filter((count) => count > 0)).toEqual([1]);
  expect(open).toHaveLength(1);
  // One answer counts: whoever gave the same is told so, the others that the offer has ended.
  const told = answers.map((answer) => (answer.ok ? answer.value.status : answer.error.kind));
  expect(Map.groupBy(told, (one) => one).size).toBe(2);
  expect(told.filter((one) => one === 'offer-ended')).toHaveLength(50);
  const seats = await records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-001')));
  const accepted = told.includes('accepted') ? 1 : 0;
  expect(seats?.state.taken).toHaveLength(accepted);
  expect(await checkRecord(records, { aggregate: 'vacancy', id: seats?.id ?? '' })).toEqual({
    events: seats?.version,
  });
}, 120_000);
