import { owedSlotsIn, placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { counted, type Sitting } from '#shared/domain/sittings.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import type { Records } from '#shared/ports/records.ts';

type Reads = Pick<Records, 'find' | 'list' | 'document'>;

/** Every time of a round that stands in a plan, the timetable's and those that were owed. */
export const standingIn = async (records: Reads, roundId: RoundId): Promise<Slot[]> => [
  ...(await slotsIn(records, roundId)),
  ...(await owedSlotsIn(records, roundId)),
];

/** Whoever and whatever stored slots take twice at one time: people by id, and rooms as they were typed. */
export const doubleBooked = async (records: Reads, roundId: RoundId): Promise<string[]> => {
  const parts = (await standingIn(records, roundId)).flatMap(partsOf);
  const panels = (await records.find(panelsAggregate, roundId))?.state;
  const places = await placesOf(records, parts);
  const taken = parts.map(({ panel, place, startsAt, endsAt }) => ({
    startsAt,
    endsAt,
    people: panel ? panelIn(panels, panel)?.members : undefined,
    room: places.get(place.digest)?.trim().toLowerCase().replaceAll('  ', ' '),
  }));
  return taken.flatMap((one, index) =>
    taken.slice(index + 1).flatMap((other) => {
      if (one.startsAt >= other.endsAt || other.startsAt >= one.endsAt) return [];
      const when = `${one.startsAt} and ${other.startsAt}`;
      // The whole committee has everybody of every panel.
      const shared = one.people?.filter((id) => !other.people || other.people.includes(id));
      const people = shared ?? other.people ?? ['the committee'];
      return [...people, ...(one.room === other.room ? [one.room] : [])].map((what) => `${what}: ${when}`);
    }),
  );
};

/** When each panel, and under no id the committee, sits by its slots, and by the record of the panels. */
export const seatingsIn = async (records: Reads, roundId: RoundId) => {
  const sittings = Map.groupBy((await standingIn(records, roundId)).flatMap(partsOf), ({ panel }) => panel);
  const panels = (await records.find(panelsAggregate, roundId))?.state;
  const told = new Map<string, readonly Sitting[]>([
    ['', panels?.committee ?? []],
    ...(panels?.panels ?? []).map(({ id, sittings: own }) => [id, own] as const),
  ]);
  const bySlots = [...told.keys()].map((id) => {
    const held = [...sittings].flatMap(([panel = '', parts]) => (panel === id ? parts : []));
    return [id, counted(held.map(({ startsAt: from, endsAt: until }) => ({ from, until })))];
  });
  return { bySlots: Object.fromEntries(bySlots), byRecord: Object.fromEntries(told) };
};
