import { describe, expect, it } from 'vitest';
import { unitsOf } from '#infra/local/endpoint/capacity.ts';

const item = (bytes: number, more: Record<string, unknown> = {}) => ({
  // Two names of two letters, and a key of one.
  pk: { S: 'x' },
  sk: { S: 'x'.repeat(bytes - 5) },
  ...more,
});

describe('request units', () => {
  it('of a write go by the kilobyte that was begun', () => {
    const units = [1024, 1025, 2049].map((bytes) => unitsOf('PutItem', { Item: item(bytes) }, {}).write);

    expect(units).toEqual([1, 2, 3]);
  });

  it('are twice as many in a transaction, where a condition counts as a write', () => {
    const TransactItems = [{ Put: { Item: item(1500) } }, { ConditionCheck: { Key: item(20) } }];

    expect(unitsOf('TransactWriteItems', { TransactItems }, {})).toEqual({ read: 0, write: 6 });
  });

  it('count the copy of an item in each index that it is in', () => {
    const listed = item(900, { listKey: { S: 'open' }, ownerKey: { S: 'me' } });

    expect(unitsOf('PutItem', { Item: listed }, {}).write).toBe(3);
  });

  it('of a read go by four kilobytes, and are half without strong consistency', () => {
    const asked = [
      [4096, true],
      [4097, true],
      [4096, false],
    ] as const;

    const units = asked.map(
      ([bytes, ConsistentRead]) => unitsOf('GetItem', { ConsistentRead }, { Item: item(bytes) }).read,
    );

    expect(units).toEqual([1, 2, 0.5]);
    expect(unitsOf('GetItem', {}, {}).read).toBe(0.5);
  });

  it('of a batch are those of each item by itself, found or not', () => {
    const Keys = [1, 2, 3].map((n) => ({ pk: { S: `x${n}` } }));
    const asked = { RequestItems: { a: { Keys, ConsistentRead: true }, b: { Keys: Keys.slice(1) } } };
    const given = { Responses: { a: [item(100), item(4097)], b: [item(4097), item(100)] } };

    expect(unitsOf('BatchGetItem', asked, given)).toEqual({ read: 1 + 2 + 1 + 1 + 0.5, write: 0 });
  });

  it('of a query go by everything that it answers together', () => {
    const Items = [item(3000), item(3000)];

    expect(unitsOf('Query', {}, { Items }).read).toBe(1);
  });

  it('of a text in Cyrillic are counted in bytes', () => {
    expect(unitsOf('PutItem', { Item: { pk: { S: 'ә'.repeat(600) } } }, {}).write).toBe(2);
  });
});
