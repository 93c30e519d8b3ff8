import { claimAggregate, onlyClaim } from '#shared/domain/claim.ts';
import { type Aggregate, type Fact, fold, type StoredEvent, type Versioned } from '#shared/domain/event.ts';
import { gateAggregate, gateClaim } from '#shared/domain/gate.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { RecordReads } from '#shared/ports/records.ts';
import { type Chronicle, recordOf } from '#shared/replay/chronicle.ts';

/**
 * The records of a round as they stood at a moment, the events of that very moment among them. An event of a record never stands without those
 * before it: the machines that wrote them may differ by some milliseconds, and their order is that of their versions. Whatever reads records reads these as
 * well, so that each rule and each screen comes out as it did then: nothing is written twice, once for today and once for the past.
 * Names are known of gates and claims, the only ones that selection looks for.
 */
export const pastOf = (chronicle: Pick<Chronicle, 'events' | 'texts'>, until: Instant): RecordReads => {
  const histories = new Map<string, StoredEvent[]>();
  for (const [record, events] of Map.groupBy(chronicle.events, recordOf)) {
    const last = events.findLastIndex(({ fact }) => fact.at <= until);
    if (last >= 0) histories.set(record, events.slice(0, last + 1));
  }
  const texts = new Map<string, string>(chronicle.texts.map(({ sha256, text }) => [sha256, text]));
  const read = <State, Event extends Fact>(
    aggregate: Aggregate<State, Event>,
    id: string,
  ): Versioned<State> | undefined => versionOf(aggregate, id, histories.get(`${aggregate.name}#${id}`) ?? []);
  const everyOf = <State, Event extends Fact>(aggregate: Aggregate<State, Event>): Versioned<State>[] =>
    [...histories.values()].flatMap((events) => {
      const [first] = events;
      return first?.aggregate === aggregate.name ? (versionOf(aggregate, first.id, events) ?? []) : [];
    });
  return {
    find: async (aggregate, id) => read(aggregate, id),
    history: async (aggregate, id) => histories.get(`${aggregate}#${id}`) ?? [],
    claimed: async (key) =>
      everyOf(gateAggregate).find(({ state }) => gateClaim(state) === key)?.id ??
      everyOf(claimAggregate).find(({ state }) => onlyClaim(state.applicationId) === key)?.id,
    list: async (aggregate, index, key, { newestFirst = false } = {}) => {
      const entries = everyOf(aggregate).flatMap((item) => {
        const entry = aggregate.lists(item.state)[index];
        return entry?.key === key ? [{ item, sort: `${entry.sort}#${item.id}` }] : [];
      });
      const sorted = entries.toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items: (newestFirst ? sorted.toReversed() : sorted).map(({ item }) => item) };
    },
    blob: async (sha256) => {
      const text = texts.get(sha256);
      if (text === undefined) throw new Error(`The chronicle lacks the text ${sha256}.`);
      return text;
    },
  };
};

const versionOf = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  id: string,
  events: readonly StoredEvent[],
): Versioned<State> | undefined => {
  const state = fold(aggregate, events);
  return state === undefined ? undefined : { id, version: events.length, state };
};
