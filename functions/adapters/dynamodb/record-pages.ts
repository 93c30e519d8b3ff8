import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys, sortKeys } from '#functions/adapters/dynamodb/keys.ts';
import { eventIn, versioned } from '#functions/adapters/dynamodb/record-items.ts';
import type { RecordName } from '#shared/domain/audit.ts';
import { AggregateName } from '#shared/domain/event.ts';
import type { RecordReads } from '#shared/ports/records.ts';

/** Records as one page of a scan brought them. */
type RecordPage = {
  names: RecordName[];
  /** What was read of them, to be asked as the store is. A record that the page did not bring whole lacks its snapshot or some of its events. */
  read: Pick<RecordReads, 'find' | 'history'>;
  next?: string;
};

/** Every record of the table with all of its events, page by page. */
export type RecordPages = {
  /** A page may be empty and still have a next one. No record comes twice. */
  page: (after?: string) => Promise<RecordPage>;
};

/** Items looked at for a page: about a megabyte of table, which is what one scan answers at most. */
const pageSize = 1000;

/**
 * Records by a scan of the table: the only way to see also what no list shows, such as a record whose snapshot is gone. A scan is paid by what lies
 * in the table, whether all of it is answered or keys alone. Items of a record come together, so the last one of a page, which may go on, is left
 * to the next page.
 */
export const dynamoRecordPages = (place: {
  client: DynamoDBClient;
  recordsTable: string;
  pageSize?: number;
}): RecordPages => ({
  page: async (after) => {
    const { Items = [], LastEvaluatedKey } = await place.client.send(
      new ScanCommand({
        TableName: place.recordsTable,
        Limit: place.pageSize ?? pageSize,
        FilterExpression: 'sk = :snapshot OR begins_with(sk, :event)',
        ExpressionAttributeValues: {
          ':snapshot': text(sortKeys.snapshot),
          ':event': text(sortKeys.eventPrefix),
        },
        ...(after !== undefined && { ExclusiveStartKey: startOf(after) }),
      }),
    );
    const partitions = Object.groupBy(Items, (item) => textOf(item, 'pk'));
    const cut = LastEvaluatedKey && cutOf(Items, LastEvaluatedKey);
    if (cut?.leaves !== undefined) delete partitions[cut.leaves];
    // Longer than the page before, which named it.
    if (after !== undefined) delete partitions[textOf(startOf(after), 'pk')];
    return {
      names: Object.keys(partitions).flatMap(nameOf),
      read: readFrom(partitions),
      ...(cut && { next: cursorOf(cut.from) }),
    };
  },
});

/**
 * Where the next page begins, and which record it begins with again: the one that this page ended in, unless the page holds nothing else. Such a long
 * one is named by the first page that it fills, and can be checked by its name alone.
 */
const cutOf = (items: readonly Item[], last: Item): { from: Item; leaves?: string } => {
  const pk = textOf(last, 'pk');
  const before = items.findLast((item) => textOf(item, 'pk') !== pk);
  if (!before || items.at(-1) === before) return { from: last };
  return { from: keyOf({ pk: textOf(before, 'pk'), sk: textOf(before, 'sk') }), leaves: pk };
};

const isSnapshot = (item: Item): boolean => textOf(item, 'sk') === sortKeys.snapshot;

const readFrom = (partitions: Partial<Record<string, Item[]>>): RecordPage['read'] => {
  const itemsOf = (pk: string): readonly Item[] => partitions[pk] ?? [];
  return {
    find: async (aggregate, id) => {
      const item = itemsOf(keys.record(aggregate.name, id)).find(isSnapshot);
      return item && versioned(aggregate, item);
    },
    history: async (aggregate, id) =>
      itemsOf(keys.record(aggregate, id)).flatMap((item) => (isSnapshot(item) ? [] : eventIn(item))),
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
