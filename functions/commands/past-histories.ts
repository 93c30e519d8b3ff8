import type { AggregateName, StoredEvent } from '#shared/domain/event.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';
import { recordOf } from '#shared/replay/chronicle.ts';

type Named = Pick<StoredEvent, 'aggregate' | 'id'>;

/** How far a record is read: all events until a moment and the first after it, in any case so many; without a moment, all. */
type Reach = { to: Instant | undefined; least?: number };

/** @param whole whether nothing lay behind its last event */
type Reading = { events: readonly StoredEvent[]; whole: boolean };

/** Machines whose clocks differ by more than this are found by other means. */
export const clocksDifferBy = 24 * 3600;

/** As many events as are asked for of the first record of a kind, and beyond what the last one of it needed. */
const fewEvents = 4;

/**
 * Histories, each read once and no further than somebody asked for it: of ten thousand records on a list of long ago, what came in the weeks since is
 * not read. One of which no list told the version is read whole.
 * @param now lists of records may lag behind by a moment: their versions say how much there is until a moment that is long over, never how much there is
 */
export const historiesOf = (
  records: Pick<Records, 'history'>,
  { until, now }: { until: Instant; now: Instant },
) => {
  const known = new Map<string, { named: Named; version: number | undefined; reading: Promise<Reading> }>();
  const usual = new Map<AggregateName, number>();

  const listedUntil = (to: Instant | undefined): boolean =>
    to !== undefined && addSeconds(to, clocksDifferBy) < now;

  const further = async (
    named: Named,
    version: number | undefined,
    from: Reading,
    reach: Reach,
  ): Promise<Reading> => {
    let reading = from;
    while (!reading.whole && !reaches(reading.events, reach)) {
      if (version === undefined) return await wholeOf(named);
      const left = version - reading.events.length;
      if (left <= 0 && listedUntil(reach.to)) return reading;
      reading = await part(named, { version, most: left + (listedUntil(reach.to) ? 0 : 1) }, reading.events);
    }
    return reading;
  };

  const wholeOf = async ({ aggregate, id }: Named): Promise<Reading> => ({
    events: await records.history(aggregate, id),
    whole: true,
  });

  const part = async (
    named: Named,
    { version, most: left }: { version: number; most: number },
    events: readonly StoredEvent[],
  ): Promise<Reading> => {
    const after = events.length;
    const most = Math.min(Math.max(left, 1), usual.get(named.aggregate) ?? fewEvents);
    const more = await records.history(named.aggregate, named.id, { after, most });
    // One is missing that the list knows of: what lies there is read as it is.
    if (more.length < most && after + more.length < version) return await wholeOf(named);
    return { events: [...events, ...more], whole: more.length < most };
  };

  const read = (named: Named, reach: Reach, version?: number): Promise<Reading> => {
    const name = recordOf(named);
    const one = known.get(name) ?? { named, version, reading: Promise.resolve(nothing) };
    const reading = one.reading.then((from) => further(named, one.version, from, reach));
    known.set(name, { ...one, reading });
    return reading;
  };

  return {
    /** @param version of a list, where one has the record: it is then read in parts */
    until: async (named: Named, { version, least = 0 }: { version?: number | undefined; least?: number }) => {
      const { events } = await read(named, { to: until, least }, version);
      const needed = events.findIndex((event) => isAfter(event, until)) + 1;
      usual.set(named.aggregate, Math.max(fewEvents, needed === 0 ? events.length + 1 : needed));
      return events;
    },
    /** Those of every record that was asked for so far, as far as a moment; without one, whole. */
    asked: (to: Instant | undefined): Promise<(readonly StoredEvent[])[]> =>
      Promise.all([...known.values()].map(async ({ named }) => (await read(named, { to })).events)),
  };
};

const nothing: Reading = { events: [], whole: false };

const isAfter = ({ fact }: StoredEvent, moment: Instant): boolean =>
  fact.at > addSeconds(moment, clocksDifferBy);

const reaches = (events: readonly StoredEvent[], { to, least = 0 }: Reach): boolean => {
  const last = events.at(-1);
  return last !== undefined && to !== undefined && events.length >= least && isAfter(last, to);
};
