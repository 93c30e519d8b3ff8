import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import type { Item } from '#functions/adapters/dynamodb/item.ts';

export type RecordsPlace = { client: DynamoDBClient; recordsTable: string };

type Condition = {
  IndexName?: string;
  ConsistentRead?: boolean;
  KeyConditionExpression: string;
  ExpressionAttributeValues: Item;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
};

/** Every item that a query answers, page by page; strongly consistent unless it says otherwise. */
export const queryAll = async (place: RecordsPlace, condition: Condition): Promise<Item[]> => {
  const items: Item[] = [];
  const question = { TableName: place.recordsTable, ConsistentRead: true, ...condition };
  for await (const page of paginateQuery({ client: place.client }, question))
    items.push(...(page.Items ?? []));
  return items;
};
