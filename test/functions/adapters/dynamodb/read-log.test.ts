import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoReadLog } from '#functions/adapters/dynamodb/read-log.ts';
import { realChance } from '#functions/deps.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { ReadKind } from '#shared/domain/reading.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { noon } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

describe('the log of who read whose data', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  it('tells an applicant every reading, in order, also two of one instant', async () => {
    const readLog = dynamoReadLog({ ...engine, chance: realChance });
    const secretary = {
      kind: 'person',
      id: PersonId.parse('P00000000000000000P1'),
      role: 'secretary',
    } as const;
    const read = (what: ReadKind, seconds: number) => ({
      reader: secretary,
      what,
      at: addSeconds(noon, seconds),
    });
    await readLog.add({ owner: 'application#A1', ...read('document', 60) });
    await readLog.add({ owner: 'application#A1', ...read('form', 0) });
    await readLog.add({ owner: 'application#A1', ...read('form', 0) });
    await readLog.add({ owner: 'application#A2', ...read('form', 0) });

    const reads = await readLog.of('application#A1');

    expect(reads).toEqual([read('form', 0), read('form', 0), read('document', 60)]);
    expect(await readLog.newest(2)).toEqual([
      { owner: 'application#A1', ...read('document', 60) },
      expect.objectContaining(read('form', 0)),
    ]);
  });
});
