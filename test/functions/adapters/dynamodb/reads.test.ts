import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { keyOf, text } from '#functions/adapters/dynamodb/item.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const keyed = (n: number) => ({ pk: `READS#${n}`, sk: 'ITEM' });

const written = (n: number, body: string) =>
  engine.client.send(
    new PutItemCommand({ TableName: engine.recordsTable, Item: { ...keyOf(keyed(n)), body: text(body) } }),
  );

const bodyOf = async (n: number, table = engine.recordsTable) =>
  (await getItem(engine.client, table, keyed(n)))?.['body']?.S;

it('reads what is asked for at once in calls of a hundred, each under its own key', async () => {
  await Promise.all([1, 100, 101, 230].map((n) => written(n, `body ${n}`)));
  const sent = vi.spyOn(engine.client, 'send');

  const bodies = await Promise.all(Array.from({ length: 231 }, (_, n) => bodyOf(n)));

  expect(sent.mock.calls.map(([command]) => command.constructor.name)).toEqual(
    Array.from({ length: 3 }, () => 'BatchGetItemCommand'),
  );
  expect(bodies.flatMap((body, n) => (body === undefined ? [] : [`${n} is ${body}`]))).toEqual(
    [1, 100, 101, 230].map((n) => `${n} is body ${n}`),
  );
  sent.mockRestore();
});

it('asks for one item alone without a batch, and anew each time', async () => {
  await written(300, 'before');
  expect(await bodyOf(300)).toBe('before');
  await written(300, 'after');
  const sent = vi.spyOn(engine.client, 'send');

  expect(await bodyOf(300)).toBe('after');

  expect(sent.mock.calls[0]?.[0]).toBeInstanceOf(GetItemCommand);
  sent.mockRestore();
});

it('answers everybody who asks for the same item, and tells the same key in two tables apart', async () => {
  await written(400, 'a record');

  const bodies = await Promise.all([bodyOf(400), bodyOf(400), bodyOf(400, engine.personsTable)]);

  expect(bodies).toEqual(['a record', 'a record', undefined]);
});

const ofNowhere = { region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const Key = z.record(z.string(), z.object({ S: z.string() }));
const Batch = z.object({ RequestItems: z.object({ t: z.object({ Keys: z.array(Key) }) }) });

/** Answers no more than so many items of a batch at a time, and names the rest, as DynamoDB does above 16 MB. */
const slowTable = ({ gives }: { gives: number }) => {
  const client = new DynamoDBClient(ofNowhere);
  const asked: number[] = [];
  // Before anything is signed or sent: the answer is what would have come back.
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        const { Keys } = Batch.parse(input).RequestItems.t;
        asked.push(Keys.length);
        const [given, left] = [Keys.slice(0, gives), Keys.slice(gives)];
        const output = {
          $metadata: {},
          Responses: { t: given },
          ...(left.length > 0 && { UnprocessedKeys: { t: { Keys: left, ConsistentRead: true } } }),
        };
        return { output, response: undefined };
      },
    { step: 'initialize', priority: 'high' },
  );
  return { client, asked };
};

it('asks again for what DynamoDB left for the next call', async () => {
  const { client, asked } = slowTable({ gives: 1 });

  const items = await Promise.all([1, 2, 3].map((n) => getItem(client, 't', keyed(n))));

  expect(items).toEqual([1, 2, 3].map((n) => keyOf(keyed(n))));
  expect(asked).toEqual([3, 2, 1]);
});

it('gives up on a table that gives nothing, instead of answering that nothing is there', async () => {
  const { client, asked } = slowTable({ gives: 0 });

  const reads = await Promise.allSettled([1, 2].map((n) => getItem(client, 't', keyed(n))));

  expect(reads.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toEqual([2, 2, 2, 2, 2, 2, 2]);
});
