import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { HomeClock, HomeLog } from '#infra/local/ports.ts';
import type { TableDescription } from '#infra/local/template/description.ts';

/** Between two pages of a table, so that a sweep never holds up visitors. */
const pauseMilliseconds = 5;

type Key = Record<string, AttributeValue>;

/**
 * Removes items whose TTL attribute has passed, as DynamoDB does by itself; readers ignore them until then.
 * @param now milliseconds since 1970, by the home's clock
 * @returns how many items were removed
 */
export const removeExpired = async (
  client: DynamoDBClient,
  table: TableDescription,
  now: number,
): Promise<number> => {
  const attribute = table.TimeToLiveSpecification?.Enabled && table.TimeToLiveSpecification.AttributeName;
  if (!attribute) return 0;
  const condition = {
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  let removed = 0;
  let from: Key | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: '#ttl < :now',
        ...condition,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) {
      const key = keyOf(table, item);
      removed += await removeUnlessRenewed(client, table, { key, condition });
    }
    from = page.LastEvaluatedKey;
    await sleep(pauseMilliseconds);
  } while (from);
  return removed;
};

const keyOf = (table: TableDescription, item: Key): Key =>
  Object.fromEntries(
    table.KeySchema.flatMap(({ AttributeName }): [string, AttributeValue][] => {
      const value = item[AttributeName];
      return value ? [[AttributeName, value]] : [];
    }),
  );

const removeUnlessRenewed = async (
  client: DynamoDBClient,
  table: TableDescription,
  { key, condition }: { key: Key; condition: object },
): Promise<0 | 1> => {
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: key,
        ConditionExpression: '#ttl < :now',
        ...condition,
      }),
    );
    return 1;
  } catch (error) {
    // Written again between the two calls: it lives on.
    if (error instanceof ConditionalCheckFailedException) return 0;
    throw error;
  }
};

type Sweep = { tables: readonly TableDescription[]; clock: HomeClock; log: HomeLog };

const hour = 3_600_000;

/**
 * Sweeps all tables once an hour.
 * @returns how to stop it
 */
export const startExpirySweep = (client: DynamoDBClient, { tables, clock, log }: Sweep): (() => void) => {
  const sweep = async (): Promise<void> => {
    for (const table of tables) {
      try {
        const removed = await removeExpired(client, table, clock.now());
        if (removed > 0)
          log('EXPIRED_REMOVED', 'Items whose time had passed were removed.', { table: table.name, removed });
      } catch (error) {
        log(
          'EXPIRY_FAILED',
          `Expired items could not be removed; the next hour tries again: ${String(error)}`,
        );
      }
    }
  };
  const timer = setInterval(() => void sweep(), hour);
  return () => clearInterval(timer);
};
