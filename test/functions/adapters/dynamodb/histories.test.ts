import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { keyOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import type { Records } from '#shared/ports/records.ts';
import { added, theSystem as by, changeOf, newId } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
let records: Records;
beforeAll(async () => {
  engine = await startEngine();
  records = dynamoRecords(engine);
});
afterAll(() => engine.stop());

const written = async (events: number): Promise<string> => {
  const id = newId();
  for (let from = 0; from < events; from += 90) {
    const facts = Array.from({ length: Math.min(90, events - from) }, (_, index) => added(from + index));
    await records.commit({ by, changes: [changeOf(id, { version: from }, facts)] });
  }
  return id;
};

const togetherOf = (ids: readonly string[]) => Promise.all(ids.map((id) => records.history('round', id)));

it('reads histories that are asked for at once in calls of a hundred events', async () => {
  const ids = [];
  for (let count = 1; count <= 30; count += 1) ids.push(await written((count % 7) + 1));
  const alone = [];
  for (const id of ids) alone.push(await records.history('round', id));
  const sent = vi.spyOn(engine.client, 'send');

  const together = await togetherOf(ids);

  expect(together).toEqual(alone);
  const names = sent.mock.calls.map(([command]) => command.constructor.name);
  expect(new Set(names)).toEqual(new Set(['BatchGetItemCommand']));
  expect(names.length).toBeLessThan(5);
  sent.mockRestore();
});

it('reads a long one by itself, and none of a record that was never written', async () => {
  const [long, short] = [await written(150), await written(2)];

  const [all = [], few = [], none] = await togetherOf([long, short, newId()]);

  expect(all.map(({ version }) => version)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  expect(few).toHaveLength(2);
  expect(none).toEqual([]);
});

it('reads parts of histories in the same calls, and no other event', async () => {
  const ids = [];
  for (let count = 1; count <= 40; count += 1) ids.push(await written(9));
  const sent = vi.spyOn(engine.client, 'send');

  const parts = await Promise.all(ids.map((id) => records.history('round', id, { after: 1, most: 3 })));

  expect(parts.map((events) => events.map(({ version }) => version))).toEqual(ids.map(() => [2, 3, 4]));
  const names = sent.mock.calls.map(([command]) => command.constructor.name);
  expect(names).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
  sent.mockRestore();
});

const without = (key: Parameters<typeof keyOf>[0]) =>
  engine.client.send(new DeleteItemCommand({ TableName: engine.recordsTable, Key: keyOf(key) }));

it('finds what lies there, whatever the snapshot says of it', async () => {
  const [lacking, gone, sound] = [await written(3), await written(3), await written(3)];
  await without(keys.snapshot('round', lacking));
  await without(keys.event('round', gone, 2));

  const found = await togetherOf([lacking, gone, sound]);

  expect(found.map((events) => events.map(({ version }) => version))).toEqual([
    [1, 2, 3],
    [1, 3],
    [1, 2, 3],
  ]);
});

it('gives as many of a part as there are where one of them is gone', async () => {
  const id = await written(6);
  await without(keys.event('round', id, 3));
  const part = async (after: number, most: number) =>
    (await records.history('round', id, { after, most })).map(({ version }) => version);

  expect(await part(1, 3)).toEqual([2, 4, 5]);
  expect(await part(2, 2)).toEqual([4, 5]);
  expect(await part(0, 3), 'the last of them').toEqual([1, 2]);
});
