import { claimAggregate, onlyClaim } from '#shared/domain/claim.ts';
import { type Aggregate, type Fact, fold, type StoredEvent, type Versioned } from '#shared/domain/event.ts';
import { gateAggregate, gateClaim } from '#shared/domain/gate.ts';
import { eventsUntil } from '#shared/domain/replay.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { RecordReads } from '#shared/ports/records.ts';
import { type Chronicle, recordOf } from '#shared/replay/chronicle.ts';
import { type Drawn, eventsRead, proposalsIn, readsNamed } from '#shared/replay/drawn.ts';
import { type Reads, recordsRead } from '#shared/replay/reads.ts';

/**
 * The records of a round as they stood at a moment, the events of that very moment among them. Whatever reads records reads these as
 * well, so that each rule and each screen comes out as it did then: nothing is written twice, once for today and once for the past.
 * What a proposal was drawn up from is never later than the proposal, whatever the clocks of two machines said.
 */
export const pastOf = (chronicle: History, until: Instant): RecordReads => {
  const histories = byRecord(chronicle);
  const least = leastRead(histories, chronicle, until);
  const past = mapped(histories, (events, record) => {
    const stood = eventsUntil(events, until);
    return events.slice(0, Math.max(stood.length, least.get(record) ?? 0));
  });
  return recordsOver(chronicle, past, past);
};

/**
 * The records that a proposal was drawn up from, each at the version that it read, in lists as well. Records that it did not read are those of
 * its moment, as all are for a proposal that does not say what it read.
 */
export const drawnFrom = (chronicle: History, drawn: Drawn): RecordReads => {
  if (!drawn.reads) return pastOf(chronicle, drawn.at);
  const { listed } = drawn.reads;
  const histories = byRecord(chronicle);
  const single = mapped(histories, (events) => eventsRead(events, drawn));
  const inLists = mapped(histories, (events, record) => {
    const [first] = events;
    const ofKind = first && listed[first.aggregate];
    return ofKind ? events.slice(0, ofKind[first.id] ?? 0) : (single.get(record) ?? []);
  });
  return recordsOver(chronicle, single, inLists);
};

/** Whether the chronicle has every version that a proposal was drawn up from. */
export const holdsReads = (chronicle: Pick<Chronicle, 'events'>, reads: Reads): boolean => {
  const histories = byRecord(chronicle);
  return recordsRead(reads).every(
    ({ version, ...record }) => (histories.get(recordOf(record))?.length ?? 0) >= version,
  );
};

type History = Pick<Chronicle, 'events' | 'texts'>;
type Histories = ReadonlyMap<string, readonly StoredEvent[]>;

const byRecord = ({ events }: Pick<Chronicle, 'events'>): Histories => Map.groupBy(events, recordOf);

/** Without the records of which nothing is left. */
const mapped = (
  histories: Histories,
  cut: (events: readonly StoredEvent[], record: string) => readonly StoredEvent[],
): Histories =>
  new Map(
    [...histories].flatMap(([record, events]) => {
      const left = cut(events, record);
      return left.length > 0 ? [[record, left] as const] : [];
    }),
  );

/** The versions that the proposals until a moment were drawn up from, the newest of each record. */
const leastRead = (histories: Histories, chronicle: History, until: Instant): ReadonlyMap<string, number> => {
  const stood = [...histories.values()].flatMap((events) => eventsUntil(events, until));
  return newestRead(proposalsIn(stood).flatMap(({ reads }) => readsNamed(chronicle, reads) ?? []));
};

/** The newest version of each record that any of these proposals was drawn up from. */
export const newestRead = (proposals: readonly Reads[]): ReadonlyMap<string, number> => {
  const newest = new Map<string, number>();
  for (const { version, ...one } of proposals.flatMap(recordsRead)) {
    const record = recordOf(one);
    newest.set(record, Math.max(version, newest.get(record) ?? 0));
  }
  return newest;
};

/** Names are known of gates and claims, the only ones that selection looks for. */
const recordsOver = (chronicle: History, single: Histories, inLists: Histories): RecordReads => {
  const texts = new Map<string, string>(chronicle.texts.map(({ sha256, text }) => [sha256, text]));
  const everyOf = <State, Event extends Fact>(
    histories: Histories,
    aggregate: Aggregate<State, Event>,
  ): Versioned<State>[] =>
    [...histories.values()].flatMap((events) => {
      const [first] = events;
      return first?.aggregate === aggregate.name ? (versionOf(aggregate, first.id, events) ?? []) : [];
    });
  return {
    find: async (aggregate, id) => versionOf(aggregate, id, single.get(`${aggregate.name}#${id}`) ?? []),
    history: async (aggregate, id) => [...(single.get(`${aggregate}#${id}`) ?? [])],
    claimed: async (key) =>
      everyOf(single, gateAggregate).find(({ state }) => gateClaim(state) === key)?.id ??
      everyOf(single, claimAggregate).find(({ state }) => onlyClaim(state.applicationId) === key)?.id,
    list: async (aggregate, index, key, { newestFirst = false } = {}) => {
      const sorted = listedOf(aggregate, everyOf(inLists, aggregate), { index, key });
      return { items: newestFirst ? sorted.toReversed() : sorted };
    },
    blob: async (sha256) => {
      const text = texts.get(sha256);
      if (text === undefined) throw new Error(`The chronicle lacks the text ${sha256}.`);
      return text;
    },
  };
};

/** Those of the records that stand in a list, in its order. */
export const listedOf = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  records: readonly Versioned<State>[],
  { index, key }: { index: 'list' | 'owner'; key: string },
): Versioned<State>[] =>
  records
    .flatMap((item) => {
      const entry = aggregate.lists(item.state)[index];
      return entry?.key === key ? [{ item, sort: `${entry.sort}#${item.id}` }] : [];
    })
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
    .map(({ item }) => item);

/** A record as its events make it; undefined where there are none. */
export const versionOf = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  id: string,
  events: readonly StoredEvent[],
): Versioned<State> | undefined => {
  const state = fold(aggregate, events);
  return state === undefined ? undefined : { id, version: events.length, state };
};
