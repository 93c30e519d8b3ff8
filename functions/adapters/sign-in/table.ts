import {
  ConditionalCheckFailedException,
  paginateQuery,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { attributes, type ItemKey } from '#functions/adapters/dynamodb/keys.ts';
import { getItem as readItem } from '#functions/adapters/dynamodb/reads.ts';
import type { Instant } from '#shared/domain/time.ts';

/** The persons table, as the sign-in adapters use it. */
export type PersonsTable = { client: DynamoDBClient; table: string };

export const getItem = ({ client, table }: PersonsTable, key: ItemKey): Promise<Item | undefined> =>
  readItem(client, table, key);

/** All items of one partition whose sort key begins so. */
export const itemsUnder = async (place: PersonsTable, pk: string, prefix: string): Promise<Item[]> => {
  const pages = paginateQuery(
    { client: place.client },
    {
      TableName: place.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': text(pk), ':prefix': text(prefix) },
      ConsistentRead: true,
    },
  );
  const items: Item[] = [];
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
};

/** Every item is one JSON body under its key, with the second after which it may be swept. */
export const itemOf = (key: ItemKey, body: unknown, expiresAt?: Instant): Item => ({
  ...keyOf(key),
  body: text(JSON.stringify(body)),
  ...(expiresAt && { [attributes.ttl]: number(Math.ceil(new Date(expiresAt).getTime() / 1000)) }),
});

export const put = (place: PersonsTable, item: Item): TransactWriteItem => ({
  Put: { TableName: place.table, Item: item },
});

export const remove = (place: PersonsTable, key: ItemKey): TransactWriteItem => ({
  Delete: { TableName: place.table, Key: keyOf(key) },
});

/** Runs a conditional write: false when its condition did not hold. */
export const held = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
