import {
  ConditionalCheckFailedException,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, keyOf, number, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys, outboxList } from '#functions/adapters/dynamodb/keys.ts';
import type { Outbox, OutboxRow } from '#shared/ports/outbox.ts';

/**
 * The outbox in the records table. A row that waits is in the sparse `list` index under the instant of its next
 * delivery; a leased one moves behind its lease, a done one leaves the index and stays as the proof.
 */
export const dynamoOutbox = (place: { client: DynamoDBClient; recordsTable: string }): Outbox => {
  const update = async (id: string, change: Change): Promise<Item | undefined> => {
    try {
      const input = { TableName: place.recordsTable, Key: keyOf(keys.outboxRow(id)), ...change };
      return (await place.client.send(new UpdateItemCommand(input))).Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
  return {
    due: async (now, limit) => {
      const { Items } = await place.client.send(
        new QueryCommand({
          TableName: place.recordsTable,
          IndexName: 'list',
          KeyConditionExpression: 'listKey = :outbox AND listSort <= :now',
          ExpressionAttributeValues: { ':outbox': text(outboxList), ':now': text(now) },
          Limit: limit,
        }),
      );
      return (Items ?? []).map(rowOf);
    },
    lease: async (id, now, until) => {
      const item = await update(id, {
        UpdateExpression: 'SET leasedUntil = :until, listSort = :until ADD attempts :one',
        ConditionExpression:
          'attribute_exists(listKey) AND (attribute_not_exists(leasedUntil) OR leasedUntil <= :now)',
        ExpressionAttributeValues: { ':until': text(until), ':now': text(now), ':one': number(1) },
        ReturnValues: 'ALL_NEW',
      });
      return item && rowOf(item);
    },
    done: async (id, at) => {
      await update(id, {
        UpdateExpression: 'SET doneAt = :at REMOVE listKey, listSort, leasedUntil',
        ConditionExpression: 'attribute_exists(listKey)',
        ExpressionAttributeValues: { ':at': text(at) },
      });
    },
    putBack: async (id, until, reason) => {
      await update(id, {
        UpdateExpression: 'SET listSort = :until, lastFault = :reason REMOVE leasedUntil',
        ConditionExpression: 'attribute_exists(listKey)',
        ExpressionAttributeValues: { ':until': text(until), ':reason': text(reason) },
      });
    },
  };
};

type Change = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

const rowOf = (item: Item): OutboxRow => ({
  id: textOf(item, 'pk').slice(keys.outboxRow('').pk.length),
  attempts: Number(item['attempts']?.N ?? 0),
  message: readable(item['message']?.S),
});

/** A text that is no JSON stays a text: its delivery fails on its own. */
const readable = (message: string | undefined): unknown => {
  try {
    return JSON.parse(message ?? '');
  } catch {
    return message;
  }
};
