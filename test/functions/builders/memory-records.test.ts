import { describe } from 'vitest';
import { memoryRecords } from '#test/builders/memory-records.ts';
import { recordHistoriesContract } from '#test/contracts/record-histories.ts';
import { recordListsContract } from '#test/contracts/record-lists.ts';
import { recordsContract } from '#test/contracts/records.ts';

describe('records in memory', () => {
  const records = memoryRecords();
  recordsContract(() => records);
  recordListsContract(() => records);
  recordHistoriesContract(() => records);
});
