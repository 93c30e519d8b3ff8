import { everyOf } from '#functions/commands/every.ts';
import { clocksDifferBy, historiesOf } from '#functions/commands/past-histories.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import {
  type Aggregate,
  type AggregateName,
  type Fact,
  type StoredEvent,
  type Versioned,
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

/** Records as they stood at a moment, the histories of those that were asked for as far as another one, and what a record is today. */
export type PastRecords = {
  records: Records;
  asked: (to: Instant | undefined) => Promise<(readonly StoredEvent[])[]>;
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
export const recordsAt = (
  records: Records,
  roundId: RoundId,
  { until, now }: { until: Instant; now: Instant },
): PastRecords => {
  const histories = historiesOf(records, { until, now });
  const least = once(() => leastThen(records, roundId, until));
  const stood: Stood = async (aggregate, id, version) => {
    const read = (await least()).get(recordOf({ aggregate, id })) ?? 0;
    const events = await histories.until({ aggregate, id }, { version, least: read });
    return events.slice(0, Math.max(eventsUntil(events, until).length, read));
  };
  const find: Records['find'] = async (aggregate, id) =>
    versionOf(aggregate, id, await stood(aggregate.name, id));
  const listed = async <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    index: 'list' | 'owner',
    key: string,
  ): Promise<Versioned<State>[]> => {
    const named = await versionsIn(records, aggregate, { index, key, roundId });
    const found = await eachOf(named, recordsAtOnce, async ({ id, version }) =>
      versionOf(aggregate, id, await stood(aggregate.name, id, version)),
    );
    return listedOf(
      aggregate,
      found.flatMap((one) => one ?? []),
      { index, key },
    );
  };
  return {
    asked: histories.asked,
    today: async (aggregate, id) => (await records.find(aggregate, id))?.state,
    records: {
      find,
      history: async (aggregate, id, { after, most } = everything) =>
        (await stood(aggregate, id)).slice(after, after + most),
      list: async (aggregate, index, key, { newestFirst = false } = {}) => {
        const sorted = await listed(aggregate, index, key);
        return { items: newestFirst ? sorted.toReversed() : sorted };
      },
      versions: async (...asked) => (await listed(...asked)).map(({ id, version }) => ({ id, version })),
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

const everything = { after: 0, most: Number.POSITIVE_INFINITY };

const nothingStored = (): never => {
  throw new Error('Nothing can be stored in the past.');
};

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let known: Promise<Value> | undefined;
  return () => (known ??= read());
};

/** @param version as a list has it today */
type Stood = (aggregate: AggregateName, id: string, version?: number) => Promise<readonly StoredEvent[]>;

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** Their events fill several calls of a hundred each. */
const recordsAtOnce = 200;

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
const versionsIn = async <State, Event extends Fact>(
  records: Pick<Records, 'versions'>,
  aggregate: Aggregate<State, Event>,
  { index, key, roundId }: { index: 'list' | 'owner'; key: string; roundId: RoundId },
): Promise<{ id: string; version: number }[]> => {
  const slots = [slotsOf(roundId), removedSlotsOf(roundId), owedSlotsOf(roundId)];
  const keys = slots.includes(key) ? slots : [key];
  const read = async () => {
    const found = await Promise.all(keys.map((one) => records.versions(aggregate, index, one)));
    return found.flat().map((one) => [one.id, one] as const);
  };
  // One that moves between two lists while they are read is in one of them by the second look.
  const first = await read();
  return [...new Map([...first, ...(keys.length > 1 ? await read() : [])]).values()];
};

/**
 * Names of gates and claims are given once and never again. What was kept to be read faster is of today, and so of no use here; every other name stands
 * as it does now.
 */
const claimedThen = async (records: Records, key: string, stood: Stood): Promise<string | undefined> => {
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
