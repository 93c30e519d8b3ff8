import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, text } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecordNames } from '#functions/adapters/dynamodb/record-names.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { sweepInvariants } from '#functions/sweep/invariants.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { storePeople } from '#test/contracts/people.ts';
import { type Engine, startEngine } from '#test/engine.ts';

describe('the sweep over all records', () => {
  let engine: Engine;
  let ids: string[];
  const sweep = (from?: string, remaining = () => 900_000) =>
    sweepInvariants({ records: dynamoRecords(engine), names: dynamoRecordNames(engine), remaining }, from);

  beforeEach(async () => {
    engine = await startEngine();
    ids = await storePeople(dynamoRecords(engine), 30);
  });
  afterEach(() => engine.stop());

  it('finds nothing wrong with records that were only written by commits', async () => {
    expect(await sweep()).toEqual({ checked: 30, faults: 0, finished: true });
  });

  it('finds a record whose snapshot was changed by hand', async () => {
    await engine.client.send(
      new UpdateItemCommand({
        TableName: engine.recordsTable,
        Key: keyOf(keys.snapshot('person', ids[7] ?? '')),
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':state': text(`{"id":"${ids[8]}","passkeys":[],"registeredAt":"2027-03-01T12:00:00.000Z"}`),
        },
      }),
    );

    expect(await sweep()).toMatchObject({ checked: 30, faults: 1 });
  });

  it('finds a record whose snapshot is gone', async () => {
    await engine.client.send(
      new DeleteItemCommand({
        TableName: engine.recordsTable,
        Key: keyOf(keys.snapshot('person', ids[3] ?? '')),
      }),
    );

    expect(await sweep()).toMatchObject({ checked: 30, faults: 1 });
    expect(await checkRecord(dynamoRecords(engine), { aggregate: 'person', id: ids[3] ?? '' })).toEqual({
      events: 2,
      fault: { version: 2, fault: 'no-snapshot' },
    });
  });

  it('stops in time and goes on from there at the next sweep', async () => {
    const names = dynamoRecordNames(engine);
    const small: typeof names = {
      cursor: names.cursor,
      page: async (after) => {
        const start = Number(after ?? 0);
        const all = (await names.page()).names;
        return {
          names: all.slice(start, start + 10),
          ...(start + 10 < all.length && { next: String(start + 10) }),
        };
      },
    };
    const records = dynamoRecords(engine);
    let left = 100_000;
    const remaining = () => {
      left -= 30_000;
      return left;
    };

    const first = await sweepInvariants({ records, names: small, remaining });
    const cursor = await names.cursor.read();
    const second = await sweepInvariants({ records, names: small, remaining: () => 900_000 }, cursor);

    expect([first.finished, second.finished]).toEqual([false, true]);
    expect(first.checked + second.checked).toBe(30);
    expect(await names.cursor.read()).toBeUndefined();
  });
});
