import { describe, expect, it } from 'vitest';
import { rowsFor, writtenRows } from '#functions/outbox/next-rows.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-09-14T04:00');
const row = (id: string, seconds = 0) => ({ id, at: addSeconds(now, seconds) });

/** An outbox in which one row is due, found once, and an instance that has looked before. */
const scene = (event: unknown) => {
  const found = [{ id: 'left over', attempts: 0, message: {} }];
  const written = writtenRows();
  written.take();
  const outbox = { due: async () => found.splice(0) };
  return { written, next: rowsFor({ outbox, clock: { now: () => now }, written }, event) };
};

describe('which rows an invocation of the outbox takes', () => {
  it('after a nudge: those that it names, then what delivering them wrote, and nothing is looked for', async () => {
    const { written, next } = scene({ rows: [row('first'), row('second')] });

    const named = await next();
    await written.nudge.outbox([row('third')]);

    expect(named).toEqual(['first', 'second']);
    expect(await next()).toEqual(['third']);
    expect(await next()).toEqual([]);
  });

  it('leaves what is not due, but does not mind that two clocks differ a little', async () => {
    const { next } = scene({ rows: [row('reminder', 86_400), row('just now', 1)] });

    expect(await next()).toEqual(['just now']);
    expect(await next()).toEqual([]);
  });

  it('looks for everything that is due where a delivery asked for that', async () => {
    const { written, next } = scene({ rows: [row('first')] });
    await next();
    await written.nudge.outbox();

    expect(await next()).toEqual(['left over']);
    expect(await next()).toEqual([]);
  });

  it('looks for what came before it where the instance is new', async () => {
    const outbox = { due: async () => [{ id: 'cut', attempts: 1, message: {} }] };
    const deps = { outbox, clock: { now: () => now }, written: writtenRows() };

    const next = rowsFor(deps, { rows: [row('first')] });

    expect([await next(), await next()]).toEqual([['first'], ['cut']]);
    expect(await rowsFor(deps, { rows: [] })()).toEqual([]);
  });

  it.each([{ outbox: 'left-over' }, { rows: [row('first')] }])(
    'takes what a delivery wrote beside what it looks for after %o, also while the index lags behind',
    async (event) => {
      const written = writtenRows();
      const outbox = { due: async () => [] };
      const next = rowsFor({ outbox, clock: { now: () => now }, written }, event);
      await next();
      await written.nudge.outbox([row('letter'), row('letter')]);
      expect(await next()).toEqual(['letter']);
      expect(await next()).toEqual([]);
    },
  );

  it.each([{ outbox: 'left-over' }, {}, undefined])(
    'looks for everything that is due after %o',
    async (event) => {
      const { next } = scene(event);

      expect(await next()).toEqual(['left over']);
      expect(await next()).toEqual([]);
    },
  );
});
