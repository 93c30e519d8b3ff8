import { PutItemCommand, paginateQuery, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { jsonOf, keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { attributes, keys, readsList } from '#functions/adapters/dynamodb/keys.ts';
import { Actor } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { Instant } from '#shared/domain/time.ts';
import type { ReadLog } from '#shared/ports/records.ts';
import type { Chance } from '#shared/ports/world.ts';

const Read = z.object({ reader: Actor, what: z.string(), at: Instant });

/** Who read whose personal data, oldest first, beside the records so that it outlives an erasure. */
export const dynamoReadLog = (place: {
  client: DynamoDBClient;
  recordsTable: string;
  chance: Chance;
}): ReadLog => ({
  add: async ({ owner, ...read }) => {
    const id = place.chance.id();
    const item = {
      ...keyOf(keys.read(owner, read.at, id)),
      [attributes.listKey]: text(readsList),
      [attributes.listSort]: text(`${read.at}#${id}`),
      owner: text(owner),
      read: text(canonicalJson(read)),
    };
    await place.client.send(new PutItemCommand({ TableName: place.recordsTable, Item: item }));
  },
  of: async (owner) => {
    const pages = paginateQuery(
      { client: place.client },
      {
        TableName: place.recordsTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': text(`READS#${owner}`) },
      },
    );
    const reads: z.infer<typeof Read>[] = [];
    for await (const page of pages) {
      for (const item of page.Items ?? []) reads.push(Read.parse(jsonOf(item, 'read')));
    }
    return reads;
  },
  newest: async (limit) => {
    const { Items } = await place.client.send(
      new QueryCommand({
        TableName: place.recordsTable,
        IndexName: 'list',
        KeyConditionExpression: `${attributes.listKey} = :key`,
        ExpressionAttributeValues: { ':key': text(readsList) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return (Items ?? []).map((item) => {
      const { reader, what, at } = Read.parse(jsonOf(item, 'read'));
      return { reader, owner: textOf(item, 'owner'), what, at };
    });
  },
});
