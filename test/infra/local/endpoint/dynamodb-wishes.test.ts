import { describe, expect, it } from 'vitest';
import { wishesOf } from '#infra/local/endpoint/dynamodb-wishes.ts';

describe('what a DynamoDB call needs', () => {
  it('is the grant of its own name on its table', () => {
    expect(wishesOf('PutItem', { TableName: 'records' })).toEqual([
      { action: 'dynamodb:PutItem', table: 'records' },
    ]);
  });

  it('is the index where one is queried', () => {
    expect(wishesOf('Query', { TableName: 'records', IndexName: 'list' })).toEqual([
      { action: 'dynamodb:Query', table: 'records', index: 'list' },
    ]);
  });

  it('is that of each item of a transaction, on its own table', () => {
    const body = {
      TransactItems: [
        { Put: { TableName: 'records' } },
        { Update: { TableName: 'records' } },
        { Delete: { TableName: 'persons' } },
        { ConditionCheck: { TableName: 'persons' } },
      ],
    };

    expect(wishesOf('TransactWriteItems', body)).toEqual([
      { action: 'dynamodb:PutItem', table: 'records' },
      { action: 'dynamodb:UpdateItem', table: 'records' },
      { action: 'dynamodb:DeleteItem', table: 'persons' },
      { action: 'dynamodb:ConditionCheckItem', table: 'persons' },
    ]);
  });

  it('is the batch action on each table of a batch', () => {
    expect(wishesOf('BatchGetItem', { RequestItems: { records: {}, persons: {} } })).toEqual([
      { action: 'dynamodb:BatchGetItem', table: 'records' },
      { action: 'dynamodb:BatchGetItem', table: 'persons' },
    ]);
  });
});
