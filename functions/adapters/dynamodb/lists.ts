import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, numberOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { attributes, keys, listKeyOf } from '#functions/adapters/dynamodb/keys.ts';
import { queryAll, type RecordsPlace } from '#functions/adapters/dynamodb/queries.ts';
import { versioned } from '#functions/adapters/dynamodb/record-items.ts';
import type { Aggregate, AggregateName, Fact, Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';

type ListQuestion<State, Event extends Fact> = {
  aggregate: Aggregate<State, Event>;
  index: 'list' | 'owner';
  key: string;
  limit?: number;
  after?: string;
  newestFirst?: boolean;
};

/** A page of a list. */
export const listOf = async <State, Event extends Fact>(
  place: RecordsPlace,
  { aggregate, index, key, limit, after, newestFirst }: ListQuestion<State, Event>,
): Promise<{ items: Versioned<State>[]; next?: string }> => {
  const { Items, LastEvaluatedKey } = await place.client.send(
    new QueryCommand({
      TableName: place.recordsTable,
      ...standingIn(aggregate.name, index, key),
      ScanIndexForward: !newestFirst,
      ...(limit !== undefined && { Limit: limit }),
      ...(after !== undefined && { ExclusiveStartKey: readCursor(after) }),
    }),
  );
  return {
    items: (Items ?? []).map((item) => versioned(aggregate, item)),
    ...(LastEvaluatedKey && { next: Buffer.from(canonicalJson(LastEvaluatedKey)).toString('base64url') }),
  };
};

/** Every record of a list, and of each no more than its version. */
export const versionsOf = async (
  place: RecordsPlace,
  { aggregate, index, key }: { aggregate: AggregateName; index: 'list' | 'owner'; key: string },
): Promise<{ id: string; version: number }[]> => {
  const items = await queryAll(place, {
    ...standingIn(aggregate, index, key),
    ConsistentRead: false,
    ProjectionExpression: 'pk, #version',
    ExpressionAttributeNames: { '#version': 'version' },
  });
  const from = keys.record(aggregate, '').length;
  return items.map((item) => ({ id: textOf(item, 'pk').slice(from), version: numberOf(item, 'version') }));
};

const standingIn = (aggregate: AggregateName, index: 'list' | 'owner', key: string) => ({
  IndexName: index,
  KeyConditionExpression: `${index === 'list' ? attributes.listKey : attributes.ownerKey} = :key`,
  ExpressionAttributeValues: { ':key': text(listKeyOf(aggregate, key)) },
});

const readCursor = (cursor: string): Item => JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
