import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { sortKeys } from '#functions/adapters/dynamodb/keys.ts';
import type { RecordName } from '#shared/domain/audit.ts';
import { AggregateName } from '#shared/domain/event.ts';

/** Every record of the table, page by page. */
export type RecordNames = {
  /** A page may be empty and still have a next one; a record may come twice. */
  page: (after?: string) => Promise<{ names: RecordName[]; next?: string }>;
};

/** Items read at once: keys of snapshots and events only, about a megabyte of table. */
const pageSize = 1000;

/**
 * Names of records by a scan of the table: the only way to see also what no list shows, such as a record whose
 * snapshot is gone.
 */
export const dynamoRecordNames = (place: { client: DynamoDBClient; recordsTable: string }): RecordNames => {
  const TableName = place.recordsTable;
  return {
    page: async (after) => {
      const { Items, LastEvaluatedKey } = await place.client.send(
        new ScanCommand({
          TableName,
          Limit: pageSize,
          ProjectionExpression: 'pk, sk',
          FilterExpression: 'sk = :snapshot OR begins_with(sk, :event)',
          ExpressionAttributeValues: {
            ':snapshot': text(sortKeys.snapshot),
            ':event': text(sortKeys.eventPrefix),
          },
          ...(after !== undefined && { ExclusiveStartKey: startOf(after) }),
        }),
      );
      const partitions = new Set((Items ?? []).map((item) => textOf(item, 'pk')));
      return {
        names: [...partitions].flatMap(nameOf),
        ...(LastEvaluatedKey && { next: cursorOf(LastEvaluatedKey) }),
      };
    },
  };
};

/** The record of a partition; none where something else lies in it. */
export const nameOf = (pk: string): RecordName[] => {
  const cut = pk.indexOf('#');
  const aggregate = AggregateName.safeParse(pk.slice(0, cut).toLowerCase());
  return aggregate.success ? [{ aggregate: aggregate.data, id: pk.slice(cut + 1) }] : [];
};

/** Keys hold no line breaks. */
export const cursorOf = (key: Item): string => `${textOf(key, 'pk')}\n${textOf(key, 'sk')}`;

export const startOf = (cursor: string): Item => {
  const [pk = '', sk = ''] = cursor.split('\n');
  return keyOf({ pk, sk });
};
