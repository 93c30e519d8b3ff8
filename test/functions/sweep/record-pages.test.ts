import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecordPages, type RecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { checkedOn } from '#functions/sweep/invariants.ts';
import type { Checked } from '#shared/domain/audit.ts';
import { aCheckedRegion, type CheckedRegion } from './checked-region.ts';

let region: CheckedRegion;
beforeEach(async () => {
  region = await aCheckedRegion();
});
afterEach(() => region.engine.stop());

/** What each record came to, page by page, and how many were read by their name. */
const walked = async (pages: RecordPages) => {
  const records = dynamoRecords(region.engine);
  const find = vi.spyOn(records, 'find');
  const came: [string, Checked][] = [];
  let after: string | undefined;
  do {
    const page = await checkedOn({ records, pages }, after);
    came.push(...page.checked.map(([{ id }, checked]): [string, Checked] => [id, checked]));
    after = page.next;
  } while (after !== undefined);
  return { came: new Map(came), names: came.length, byName: find.mock.calls.length };
};

describe('the records of a table, page by page', () => {
  it.for([1, 2, 3, 4, 7, 1000])('each come once and whole, with pages of %i items', async (pageSize) => {
    await region.grow(5, 9);
    const { came, names } = await walked(dynamoRecordPages({ ...region.engine, pageSize }));

    expect([names, came.size]).toEqual([12, 12]);
    expect(came.get(region.person(5))).toEqual({ events: 11 });
    expect([...came.values()].filter(({ fault }) => fault)).toEqual([]);
  });

  it('are not read a second time by their names', async () => {
    await region.grow(5, 9);

    expect((await walked(dynamoRecordPages(region.engine))).byName).toBe(0);
    // Only the one that is longer than a page, and whichever page ends before its snapshot.
    expect((await walked(dynamoRecordPages({ ...region.engine, pageSize: 7 }))).byName).toBe(1);
  });

  it.for([1, 2, 5, 1000])('show a missing event also with pages of %i items', async (pageSize) => {
    const { engine, person, grow } = region;
    await grow(4, 3);
    const Key = keyOf(keys.event('person', person(4), 3));
    await engine.client.send(new DeleteItemCommand({ TableName: engine.recordsTable, Key }));
    const { came, names } = await walked(dynamoRecordPages({ ...engine, pageSize }));

    expect(names).toBe(12);
    expect(came.get(person(4))).toEqual({ events: 4, fault: { version: 3, fault: 'gap' } });
    expect([...came.values()].filter(({ fault }) => fault)).toHaveLength(1);
  });

  it('are no finding where only the scan lags behind', async () => {
    const pages = dynamoRecordPages(region.engine);
    const lagging: RecordPages = {
      page: async (after) => {
        const page = await pages.page(after);
        const history: typeof page.read.history = async (...one) =>
          (await page.read.history(...one)).slice(1);
        return { ...page, read: { ...page.read, history } };
      },
    };
    const { came, byName } = await walked(lagging);

    expect([...came.values()].filter(({ fault }) => fault)).toEqual([]);
    expect(byName).toBe(12);
  });
});
