import type { Committee } from '#shared/domain/committee.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Panel, Panels } from '#shared/domain/panel.ts';
import { type Rooms, typedRoom } from '#shared/domain/panel-rooms.ts';
import { joined, leaving, meeting, overlaps, type Sitting, widened } from '#shared/domain/sittings.ts';
import type { SlotPart } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { minutesBetween, type Site, type TravelRule } from '#shared/domain/travel.ts';

/*
 * What interviews of one round take from those of another: people by their ids, which are the same in every round of a region, and rooms by
 * what was typed. Sites are the same where round files give them the same code.
 */

/** People, and perhaps a room, that something takes at some times. */
export type Engagement = {
  people: readonly PersonId[];
  /** As it is compared (`panel-rooms.ts`), without the site; empty where none is known. */
  room: string;
  /** Undefined where nobody said, which may be any. */
  site: Site;
  sittings: readonly Sitting[];
};

type Seats = Pick<Committee, 'seats'> | undefined;

/**
 * Who is to be there when a panel sits, or the whole committee: also who is away and may come back at any time, and who was called in for
 * them.
 */
export const seatedOn = (committee: Seats, members?: readonly PersonId[]): PersonId[] =>
  (committee?.seats ?? []).flatMap(({ personId, seat, leftAt, standsInFor }) => {
    const sits = seat === 'substitute' ? standsInFor : seat === 'secretary' ? undefined : personId;
    const isOne = leftAt === undefined && sits !== undefined && (!members || members.includes(sits));
    return isOne ? [personId] : [];
  });

/** Of whom and what, and how its places are read. */
type Told = { committee: Seats; rooms: Rooms; travel: TravelRule | undefined };

/** A place that was typed for the whole committee, which is at no site. */
export const hallRoom = (place: Panel['place'], rooms: Rooms): string =>
  typedRoom({ place }, { rooms, travel: undefined });

/** What the seating book of a round says is taken. */
export const engagementsOf = (
  { panels, committee = [], halls = [] }: Panels,
  { committee: seats, rooms, travel }: Told,
): Engagement[] => [
  ...panels.map(({ members, site, sittings, ...panel }) => ({
    people: seatedOn(seats, members),
    room: typedRoom({ ...panel, ...(site && { site }) }, { rooms, travel }),
    site,
    sittings,
  })),
  { people: seatedOn(seats), room: '', site: undefined, sittings: committee },
  ...halls.map(({ place, sittings }) => ({
    people: [],
    room: hallRoom(place, rooms),
    site: undefined,
    sittings,
  })),
];

/** What one part of a time takes. */
export const engagementOf = (
  { place, startsAt, endsAt }: SlotPart,
  panel: Panel | undefined,
  { committee, rooms, travel }: Told,
): Engagement => ({
  people: seatedOn(committee, panel?.members),
  room: panel ? typedRoom(panel, { rooms, travel }) : hallRoom(place, rooms),
  site: panel?.site,
  sittings: [{ from: startsAt, until: endsAt }],
});

/** Somebody, or the room where there is nobody named, and when. */
type Engaged = { person?: PersonId; when: Sitting };

/**
 * Who or what is taken by something else then. `when` reaches no further than the times that are wanted, and tells nothing else of what takes
 * them; the way there and back is part of it where a rule of travel is given.
 */
export const engagedBy = (
  wanted: Engagement,
  others: readonly Engagement[],
  travel?: TravelRule,
): Engaged | undefined => {
  for (const other of others) {
    const person = wanted.people.find((one) => other.people.includes(one));
    const minutes = person ? minutesBetween(travel, wanted.site, other.site) : 0;
    const taken =
      person || isSameRoom(wanted, other) ? meeting(other.sittings, wanted.sittings, minutes) : undefined;
    if (taken) return { ...(person && { person }), when: within(wanted.sittings, widened(taken, minutes)) };
  }
  return undefined;
};

/** A room at no known site may be the one that is called the same at any. */
const isSameRoom = (a: Engagement, b: Engagement): boolean =>
  a.room !== '' && a.room === b.room && (a.site === undefined || b.site === undefined || a.site === b.site);

const within = (wanted: readonly Sitting[], taken: Sitting): Sitting => {
  const one = wanted.find((sitting) => overlaps(sitting, taken)) ?? taken;
  return {
    from: one.from > taken.from ? one.from : taken.from,
    until: one.until < taken.until ? one.until : taken.until,
  };
};

/** From the first of some times to the last; undefined where there are none. */
export const stretchOf = (sittings: readonly Sitting[]): Sitting | undefined => {
  const [first, ...rest] = sittings;
  return (
    first &&
    rest.reduce(
      (whole, { from, until }) => ({
        from: from < whole.from ? from : whole.from,
        until: until > whole.until ? until : whole.until,
      }),
      { from: first.from, until: first.until },
    )
  );
};

/** Every time of a seating book. */
export const sittingsOf = ({ panels, committee = [] }: Panels): Sitting[] => [
  ...panels.flatMap(({ sittings }) => sittings),
  ...committee,
];

/** No way between two sites takes longer (`travel.ts`). */
const longestWaySeconds = 720 * 60;

/** Only what may meet a stretch of time, however long the way. */
export const near = (book: Panels, { from, until }: Sitting): Panels => {
  const wide = { from: addSeconds(from, -longestWaySeconds), until: addSeconds(until, longestWaySeconds) };
  return only(book, (sitting) => overlaps(sitting, wide));
};

/** Only what is not over. */
export const coming = (book: Panels, now: Instant): Panels => only(book, ({ until }) => until > now);

const only = ({ halls, ...book }: Panels, isWanted: (sitting: Sitting) => boolean): Panels => ({
  ...book,
  panels: book.panels.flatMap((panel) => {
    const sittings = panel.sittings.filter(isWanted);
    return sittings.length > 0 ? [{ ...panel, sittings }] : [];
  }),
  committee: (book.committee ?? []).filter(isWanted),
  ...(halls && { halls: halls.map((hall) => ({ ...hall, sittings: hall.sittings.filter(isWanted) })) }),
});

/** When the whole committee sits at a place that its book does not know: planned before that kept it. */
export const unplaced = ({ committee = [], halls = [] }: Panels): Sitting[] =>
  halls.flatMap(({ sittings }) => sittings).reduce(leaving, joined(committee));

/** Who comes to a book's times anew: somebody who joins a panel, or a committee, that is planned already. */
export const joinersOf = (before: readonly Engagement[], after: readonly Engagement[]): Engagement[] =>
  after.flatMap((one, index) => {
    const people = one.people.filter((id) => !before[index]?.people.includes(id));
    return people.length > 0 && one.sittings.length > 0 ? [{ ...one, people, room: '' }] : [];
  });
