import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { submitApplication } from '#functions/commands/applications.ts';
import { iinSecret } from '#shared/domain/same-iin.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted } from '#test/builders/scenes.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('a submission asks the store three times: for the application, for everything else, and to keep it', async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const mine = { by: aigul, applicationId: await aCompleteIn(world, roundId) };
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);
  // Somebody has submitted before.
  await records.secret(iinSecret(roundId), 'a secret');
  const sent = vi.spyOn(engine.client, 'send');

  const submitted = granted(await submitApplication({ ...world, records }, mine));
  const again = granted(await submitApplication({ ...world, records }, mine));

  expect(again).toEqual(submitted);
  expect(sent.mock.calls.map(([command]) => command.constructor.name)).toEqual([
    'GetItemCommand',
    'BatchGetItemCommand',
    'TransactWriteItemsCommand',
    'GetItemCommand',
  ]);
});
