import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetItemCommand, GetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import DataLoader from 'dataloader';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, keyOf, textOf } from '#functions/adapters/dynamodb/item.ts';
import type { ItemKey } from '#functions/adapters/dynamodb/keys.ts';

/** What DynamoDB gives at once, at most; it also answers with no more than 16 MB and names the rest. */
const mostKeys = 100;

/** Asks again for what was left, after about 20, 40 … 640 ms, while nothing of it comes. */
const tries = 7;

type Wanted = { table: string; key: ItemKey };
type Request = Record<string, KeysAndAttributes>;

/**
 * One item, strongly consistent. What a command asks for in the same moment travels together: ten sections of a form are one
 * call, and so are the applications of a page of candidates. Nothing is kept: the next moment reads anew.
 */
export const getItem = (client: DynamoDBClient, table: string, key: ItemKey): Promise<Item | undefined> =>
  readsOf(client).load({ table, key });

type Reads = DataLoader<Wanted, Item | undefined>;
const known = new WeakMap<DynamoDBClient, Reads>();

const readsOf = (client: DynamoDBClient): Reads => {
  const before = known.get(client);
  if (before) return before;
  const reads: Reads = new DataLoader((wanted) => read(client, wanted), {
    cache: false,
    maxBatchSize: mostKeys,
  });
  known.set(client, reads);
  return reads;
};

const read = async (client: DynamoDBClient, wanted: readonly Wanted[]): Promise<(Item | undefined)[]> => {
  const [first] = wanted;
  if (first && wanted.length === 1) return [await readOne(client, first)];
  const found = new Map<string, Item>();
  await readInto(found, client, requestFor(wanted));
  return wanted.map(({ table, key }) => found.get(nameOf(table, key)));
};

const readInto = async (
  found: Map<string, Item>,
  client: DynamoDBClient,
  asked: Request,
  inVain = 0,
): Promise<void> => {
  const command = new BatchGetItemCommand({ RequestItems: asked });
  const { Responses = {}, UnprocessedKeys: left = {} } = await client.send(command);
  for (const [table, items] of Object.entries(Responses)) {
    for (const item of items) {
      found.set(nameOf(table, { pk: textOf(item, 'pk'), sk: textOf(item, 'sk') }), item);
    }
  }
  if (keysIn(left) === 0) return;
  if (keysIn(left) < keysIn(asked)) return readInto(found, client, left);
  if (inVain + 1 === tries) throw new Error('DynamoDB gave nothing of what it was asked for.');
  await pause(20 * 2 ** inVain * (0.5 + Math.random()));
  return readInto(found, client, left, inVain + 1);
};

const keysIn = (request: Request): number =>
  Object.values(request).reduce((sum, { Keys = [] }) => sum + Keys.length, 0);

const readOne = async (client: DynamoDBClient, { table, key }: Wanted): Promise<Item | undefined> =>
  (await client.send(new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }))).Item;

/** Each key once: a batch that names one twice is refused. */
const requestFor = (wanted: readonly Wanted[]): Request => {
  const keys = new Map(wanted.map((one) => [nameOf(one.table, one.key), one]));
  const tables = Object.groupBy(keys.values(), ({ table }) => table);
  return Object.fromEntries(
    Object.entries(tables).map(([table, of = []]) => [
      table,
      { Keys: of.map(({ key }) => keyOf(key)), ConsistentRead: true },
    ]),
  );
};

const nameOf = (table: string, { pk, sk }: ItemKey): string => JSON.stringify([table, pk, sk]);
