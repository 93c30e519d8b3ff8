import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoOutbox } from '#functions/adapters/dynamodb/outbox.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Outbox } from '#shared/ports/outbox.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

const start = (id: string, at = noon) => ({
  id,
  at,
  body: { kind: 'start-execution' as const, machine: 'selection-round' as const, name: id, input: {} },
});

const later = (seconds: number) => addSeconds(noon, seconds);

describe('the outbox in the records table', () => {
  let engine: Engine;
  let outbox: Outbox;
  const idsDue = async (now = noon) => (await outbox.due(now, 10)).map(({ id }) => id);

  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  beforeEach(async () => {
    outbox = dynamoOutbox(engine);
    for (const id of await idsDue(later(1e6))) await outbox.done(id, noon);
    await dynamoRecords(engine).commit({
      by: theSystem,
      changes: [],
      outbox: [start(`b-${crypto.randomUUID()}`, later(5)), start(`a-${crypto.randomUUID()}`)],
    });
  });

  it('shows a row of a commit from its instant on until it is done, oldest first', async () => {
    const atNoon = await idsDue();
    const soon = await idsDue(later(5));
    for (const id of soon) await outbox.done(id, later(6));

    expect(atNoon).toEqual([expect.stringMatching(/^a-/)]);
    expect(soon).toEqual([expect.stringMatching(/^a-/), expect.stringMatching(/^b-/)]);
    expect(await idsDue(later(10))).toEqual([]);
  });

  it('gives a row to one deliverer only, and hides it from the others', async () => {
    const [id = ''] = await idsDue();

    const leases = await Promise.all([1, 2, 3, 4].map(() => outbox.lease(id, noon, later(60))));

    expect(leases.filter((row) => row)).toEqual([expect.objectContaining({ id, attempts: 1 })]);
    expect(await idsDue(later(59))).not.toContain(id);
  });

  it('gives the row of a deliverer that died to the next, and counts both attempts', async () => {
    const [id = ''] = await idsDue();
    await outbox.lease(id, noon, later(60));

    const early = await outbox.lease(id, later(30), later(90));
    const next = await outbox.lease(id, later(60), later(120));

    expect(early).toBeUndefined();
    expect(next).toMatchObject({ id, attempts: 2, message: { id } });
  });

  it('brings a row back at the instant that it was put back to', async () => {
    const [id = ''] = await idsDue();
    await outbox.lease(id, noon, later(60));

    await outbox.putBack(id, later(30), 'ServiceException');

    expect(await idsDue(later(29))).not.toContain(id);
    expect(await idsDue(later(30))).toContain(id);
    expect(await outbox.lease(id, later(30), later(90))).toMatchObject({ attempts: 2 });
  });

  it('never brings back a row that is done', async () => {
    const [id = ''] = await idsDue();
    await outbox.done(id, noon);

    await outbox.putBack(id, later(1), 'late');

    expect(await outbox.lease(id, later(2), later(60))).toBeUndefined();
    expect(await idsDue(later(100))).not.toContain(id);
  });
});
