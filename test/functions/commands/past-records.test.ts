import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordsAt } from '#functions/commands/past-records.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { eventsUntil } from '#shared/domain/replay.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { versionOf } from '#shared/replay/past.ts';
import { memoryRecords } from '#test/builders/memory-records.ts';
import { added, changeOf, fresh, noon, tally, theSystem } from '#test/contracts/tally.ts';

const roundId = RoundId.parse('01010101010101010101');
const ids = ['one', 'two', 'three'] as const;
const hour = 3600;
const inHours = (hours: number): Instant => addSeconds(noon, hours * hour);
const longAfter = inHours(10_000);

/** One event more of a record, by a clock that says so many hours after noon. */
type Step = { id: string; hours: number };

const store = async (records: Records, { id, hours }: Step): Promise<void> => {
  const before = (await records.find(tally, id)) ?? fresh;
  const changes = [changeOf(id, before, [added(hours, inHours(hours))])];
  await records.commit({ by: theSystem, changes });
};

const steps = fc.array(fc.record({ id: fc.constantFrom(...ids), hours: fc.nat({ max: 90 }) }), {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});

const inOrder = (all: readonly Step[]): Step[] => all.toSorted((a, b) => a.hours - b.hours);

/** Everything that can be asked of these records at a moment: of a list first, or after each was read by itself. */
const answersAt = async (records: Records, until: Instant, now: Instant) => {
  const ask = () => recordsAt(records, roundId, { until, now }).records;
  const [past, again] = [ask(), ask()];
  const alone = await Promise.all(ids.map((id) => again.find(tally, id)));
  const { items } = await past.list(tally, 'list', 'open');
  expect((await again.list(tally, 'list', 'open')).items).toEqual(items);
  expect(await past.versions(tally, 'list', 'open')).toEqual(
    items.map(({ id, version }) => ({ id, version })),
  );
  expect(await past.history('round', ids[0], { after: 1, most: 2 })).toEqual(
    (await past.history('round', ids[0])).slice(1, 3),
  );
  return { items, alone, histories: await Promise.all(ids.map((id) => past.history('round', id))) };
};

it('answers for a moment the same whatever comes after it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 0, max: 90 }), async (all, at) => {
      const records = memoryRecords();
      const until = inHours(at);
      const ordered = inOrder(all);
      for (const step of ordered.filter(({ hours }) => hours <= at)) await store(records, step);
      const then = await answersAt(records, until, until);

      for (const step of ordered.filter(({ hours }) => hours > at)) {
        await store(records, step);
        expect(await answersAt(records, until, inHours(step.hours))).toEqual(then);
      }
      expect(await answersAt(records, until, longAfter)).toEqual(then);
    }),
    { numRuns: 50 },
  );
});

it('answers what whole histories say, where clocks differ and a list lags behind', async () => {
  const clocks = fc.infiniteStream(fc.nat({ max: 23 }));
  await fc.assert(
    fc.asyncProperty(steps, clocks, fc.nat({ max: 90 }), fc.nat({ max: 23 }), async (all, ahead, at, lag) => {
      const records = memoryRecords();
      const ordered = inOrder(all);
      for (const { id, hours } of ordered)
        await store(records, { id, hours: hours + (ahead.next().value ?? 0) });
      const now = Math.max(...ordered.map(({ hours }) => hours));
      const listed = (id: string) => ordered.filter((one) => one.id === id && one.hours <= now - lag).length;
      const lagging: Records = {
        ...records,
        versions: async (...asked) =>
          (await records.versions(...asked)).map(({ id }) => ({ id, version: Math.max(listed(id), 1) })),
      };
      const until = inHours(Math.min(at, now));

      const { histories, alone } = await answersAt(lagging, until, inHours(now));

      const wholes = await Promise.all(ids.map((id) => records.history('round', id)));
      const stood = wholes.map((events) => eventsUntil(events, until));
      expect(histories).toEqual(stood);
      expect(alone).toEqual(ids.map((id, index) => versionOf(tally, id, stood[index] ?? [])));
    }),
    { numRuns: 200 },
  );
});

it('reads of records on a list what was until the moment, and of what came after it a few events', async () => {
  const records = memoryRecords();
  const many = Array.from({ length: 50 }, (_, index) => `one-${index}`);
  for (const id of many) {
    for (let day = 0; day < 40; day += 1) await store(records, { id, hours: day * 24 });
  }
  let read = 0;
  const counted: Records = {
    ...records,
    history: async (...asked) => {
      const events = await records.history(...asked);
      read += events.length;
      return events;
    },
  };
  const { records: past } = recordsAt(counted, roundId, { until: inHours(5 * 24), now: longAfter });

  const { items } = await past.list(tally, 'list', 'open');

  expect(items.map(({ version }) => version)).toEqual(many.map(() => 6));
  expect(read / many.length).toBeLessThan(11);
});
