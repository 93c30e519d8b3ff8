import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { recordHistoriesContract } from '#test/contracts/record-histories.ts';
import { recordListsContract } from '#test/contracts/record-lists.ts';
import { recordsContract } from '#test/contracts/records.ts';
import { recordsUnderLoadContract } from '#test/contracts/records-under-load.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('records in a real DynamoDB engine', () => {
  recordsContract(() => dynamoRecords(engine));
  recordListsContract(() => dynamoRecords(engine));
  recordHistoriesContract(() => dynamoRecords(engine));
  recordsUnderLoadContract(() => dynamoRecords(engine));
});
