import { everyOf } from '#functions/commands/every.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import {
  type Aggregate,
  type AggregateName,
  type Fact,
  fold,
  type StoredEvent,
} from '#shared/domain/event.ts';
import { gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { eventsUntil } from '#shared/domain/replay.ts';
import { owedSlotsOf, removedSlotsOf, slotsOf } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { recordOf } from '#shared/replay/chronicle.ts';
import { proposalsIn, readsIn } from '#shared/replay/drawn.ts';
import { listedOf, newestRead, versionOf } from '#shared/replay/past.ts';

/** Records as they stood at a moment, the whole histories of those that were asked for, and what a record is today. */
export type PastRecords = {
  records: Records;
  asked: () => Promise<StoredEvent[][]>;
  today: <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    id: string,
  ) => Promise<State | undefined>;
};

/**
 * The records of today as they stood at a moment, as `pastOf` has them of a chronicle, but each read from its history when somebody asks for it: a page of
 * the past costs what that page is made of, not the whole round. Lists say only which records there are; what each was, its events say. Texts that
 * were erased since are erased here too, and nothing can be committed.
 */
export const recordsAt = (records: Records, roundId: RoundId, until: Instant): PastRecords => {
  const histories = new Map<string, Promise<StoredEvent[]>>();
  const whole = (aggregate: AggregateName, id: string): Promise<StoredEvent[]> => {
    const name = recordOf({ aggregate, id });
    const known = histories.get(name) ?? records.history(aggregate, id);
    histories.set(name, known);
    return known;
  };
  const least = once(() => leastThen(records, roundId, until));
  const stood = async (aggregate: AggregateName, id: string): Promise<readonly StoredEvent[]> => {
    const events = await whole(aggregate, id);
    const read = (await least()).get(recordOf({ aggregate, id })) ?? 0;
    return events.slice(0, Math.max(eventsUntil(events, until).length, read));
  };
  const find: Records['find'] = async (aggregate, id) =>
    versionOf(aggregate, id, await stood(aggregate.name, id));
  return {
    asked: () => Promise.all(histories.values()),
    today: async (aggregate, id) => {
      const known = histories.get(recordOf({ aggregate: aggregate.name, id }));
      return known ? fold(aggregate, await known) : (await records.find(aggregate, id))?.state;
    },
    records: {
      find,
      history: async (aggregate, id) => [...(await stood(aggregate, id))],
      list: async (aggregate, index, key, { newestFirst = false } = {}) => {
        const ids = await idsIn(records, aggregate, { index, key, roundId });
        const found = await eachOf(ids, readsAtOnce, (id) => find(aggregate, id));
        const sorted = listedOf(
          aggregate,
          found.flatMap((one) => one ?? []),
          { index, key },
        );
        return { items: newestFirst ? sorted.toReversed() : sorted };
      },
      claimed: async (key) => await claimedThen(records, key, stood),
      views: async () => [],
      blob: records.blob,
      document: records.document,
      secret: records.secret,
      lettersTo: async (person) => (await records.lettersTo(person)).filter(({ at }) => at <= until),
      taskToken: async () => undefined,
      commit: nothingStored,
    },
  };
};

const nothingStored = (): never => {
  throw new Error('Nothing can be stored in the past.');
};

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let known: Promise<Value> | undefined;
  return () => (known ??= read());
};

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** Machines whose clocks differ by more than this are found by other means. */
const clocksDifferBy = 24 * 3600;

/** What the proposals shortly before the moment were drawn up from stood by then, whatever the clocks said (`pastOf`). */
const leastThen = async (
  records: Records,
  roundId: RoundId,
  until: Instant,
): Promise<ReadonlyMap<string, number>> => {
  const gates = await everyOf(records, gateAggregate, gatesOf({ id: roundId }));
  const histories = await eachOf(gates, readsAtOnce, ({ id }) => records.history(gateAggregate.name, id));
  const since = addSeconds(until, -clocksDifferBy);
  const drawn = proposalsIn(histories.flatMap((events) => eventsUntil(events, until)));
  const named = drawn.flatMap(({ at, reads }) => (reads && at > since ? [reads] : []));
  return newestRead(await eachOf(named, readsAtOnce, async (reads) => readsIn(await records.blob(reads))));
};

/** Every record that a list may have had: a time that was removed or given since stands in another one today. */
const idsIn = async <State, Event extends Fact>(
  records: Records,
  aggregate: Aggregate<State, Event>,
  { index, key, roundId }: { index: 'list' | 'owner'; key: string; roundId: RoundId },
): Promise<string[]> => {
  const slots = [slotsOf(roundId), removedSlotsOf(roundId), owedSlotsOf(roundId)];
  const keys = slots.includes(key) ? slots : [key];
  const read = async () => {
    const found = await Promise.all(keys.map((one) => everyOf(records, aggregate, one, { index })));
    return found.flat().map(({ id }) => id);
  };
  // One that moves between two lists while they are read is in one of them by the second look.
  return [...new Set([...(await read()), ...(keys.length > 1 ? await read() : [])])];
};

/**
 * Names of gates and claims are given once and never again. What was kept to be read faster is of today, and so of no use here; every other name stands
 * as it does now.
 */
const claimedThen = async (
  records: Records,
  key: string,
  stood: (aggregate: AggregateName, id: string) => Promise<readonly StoredEvent[]>,
): Promise<string | undefined> => {
  if (/^(contenders|partners)#/.test(key)) return undefined;
  const id = await records.claimed(key);
  const holder = holders.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (id === undefined || !holder) return id;
  return (await stood(holder, id)).length > 0 ? id : undefined;
};

const holders: readonly (readonly [string, AggregateName])[] = [
  ['gate-of#', gateAggregate.name],
  ['claim-of#', claimAggregate.name],
];
