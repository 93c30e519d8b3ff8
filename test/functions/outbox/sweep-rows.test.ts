import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoOutbox } from '#functions/adapters/dynamodb/outbox.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { rowsFor, writtenRows } from '#functions/outbox/next-rows.ts';
import { type RowDeps, sweepRows } from '#functions/outbox/sweep-rows.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { newId, noon, theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

describe('the outbox', () => {
  let engine: Engine;
  let now: Instant;
  let delivered: string[];

  const write = async (...ids: string[]) => {
    const outbox = ids.map((id) => ({
      id,
      at: now,
      body: { kind: 'start-execution' as const, machine: 'selection-round' as const, name: id, input: {} },
    }));
    await dynamoRecords(engine).commit({ by: theSystem, changes: [], outbox });
  };
  const nextFor = (event: unknown) => {
    const written = writtenRows();
    written.take();
    return rowsFor({ outbox: dynamoOutbox(engine), clock: { now: () => now }, written }, event);
  };
  const deps = (over: Partial<RowDeps> = {}): RowDeps => ({
    outbox: dynamoOutbox(engine),
    clock: { now: () => now },
    next: nextFor({}),
    deliver: async ({ id }) => {
      delivered.push(id);
    },
    remaining: () => 120_000,
    ...over,
  });

  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  beforeEach(async () => {
    now = addSeconds(now ?? noon, 86_400);
    delivered = [];
    await sweepRows(deps());
    delivered = [];
  });

  it('delivers everything that is due, once', async () => {
    const ids = Array.from({ length: 60 }, newId);
    await write(...ids);

    const first = await sweepRows(deps());
    const second = await sweepRows(deps());

    expect(first).toEqual({ done: 60, failed: 0 });
    expect(second).toEqual({ done: 0, failed: 0 });
    expect(delivered.toSorted()).toEqual(ids.toSorted());
  });

  it('delivers each row once when several invocations run at the same time', async () => {
    const ids = Array.from({ length: 30 }, newId);
    await write(...ids);

    await Promise.all([sweepRows(deps()), sweepRows(deps()), sweepRows(deps())]);

    expect(delivered.toSorted()).toEqual(ids.toSorted());
  });

  it('goes on to the others past a row that always fails, and comes back to it later', async () => {
    const poisoned = newId();
    const good = Array.from({ length: 4 }, newId);
    await write(poisoned, ...good);
    const stubborn = deps({
      deliver: async ({ id }) => {
        if (id === poisoned) throw new TypeError('broken');
        delivered.push(id);
      },
    });

    const swept = await sweepRows(stubborn);
    now = addSeconds(now, 29);
    const early = await sweepRows(stubborn);
    now = addSeconds(now, 1);
    const again = await sweepRows(stubborn);
    now = addSeconds(now, 60);
    const healed = await sweepRows(deps());

    expect(swept).toEqual({ done: 4, failed: 1 });
    expect(early).toEqual({ done: 0, failed: 0 });
    expect(again).toEqual({ done: 0, failed: 1 });
    expect(healed).toEqual({ done: 1, failed: 0 });
    expect(delivered.toSorted()).toEqual([poisoned, ...good].toSorted());
  });

  it('delivers the rows that a nudge names, once beside the minute’s look at everything', async () => {
    const [named, other] = [newId(), newId()];
    await write(named, other);

    await sweepRows(deps({ next: nextFor({ rows: [{ id: named, at: now }] }) }));
    const afterNudge = [...delivered];
    await Promise.all([
      sweepRows(deps({ next: nextFor({ rows: [{ id: named, at: now }] }) })),
      sweepRows(deps()),
    ]);

    expect(afterNudge).toEqual([named]);
    expect(delivered).toEqual([named, other]);
  });

  it('also delivers what a delivery wrote', async () => {
    const [first, second] = [newId(), newId()];
    await write(first);

    await sweepRows(
      deps({
        deliver: async ({ id }) => {
          delivered.push(id);
          if (id === first) await write(second);
        },
      }),
    );

    expect(delivered).toEqual([first, second]);
  });

  it('begins no delivery that it may not live to mark', async () => {
    const id = newId();
    await write(id);

    await sweepRows(deps({ remaining: () => 5_000 }));
    const next = await sweepRows(deps());

    expect(delivered).toEqual([id]);
    expect(next.done).toBe(1);
  });
});
