import type { Committee } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { type Engagement, engagedBy, hallRoom, seatedOn } from '#shared/domain/engagement.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import type { Panel, Panels, PanelsEvent } from '#shared/domain/panel.ts';
import { type Rooms, roomOf, typedRoom } from '#shared/domain/panel-rooms.ts';
import { counted, joined, meeting, type Sitting } from '#shared/domain/sittings.ts';
import type { SlotPart } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import { minutesBetween, type Site, type TravelRule } from '#shared/domain/travel.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * Who sits when: nobody is in two rooms at one time, and no room has two interviews.
 */

/** When a panel is to sit, or the whole committee where there is no panel, at the place that was typed. */
export type Seating = {
  panel?: Panel | undefined;
  place: DocumentRef;
  sittings: readonly Sitting[];
};

/** `zone` is the round's: a fault tells its times in it; `travel` is the way between its sites; `elsewhere` what other rounds take. */
export type SeatedAt = {
  committee: Pick<Committee, 'seats'>;
  rooms: Rooms;
  now: Instant;
  zone: string;
  travel: TravelRule | undefined;
  elsewhere: readonly Engagement[];
};

/** So many that the record stays small. */
const mostSittings = 4000;

/**
 * Plans when panels and the committee sit. Refused where one of them, one of its members or its room is taken then, in this round or another
 * one, or a member could not be there in time from where another panel sits. Two of those that are planned together may share members and rooms only where their times do
 * not meet (`circuit.ts`). Faults name the field `from`.
 */
export const seat = (
  panels: Panels,
  seatings: readonly Seating[],
  { now, ...at }: SeatedAt,
): Result<PanelsEvent[], Refusal> => {
  const faults = seatings.flatMap((seating) => [
    ...takenFor(panels, seating, at),
    ...takenElsewhere(seating, at),
  ]);
  const count = [...panels.panels, ...seatings, { sittings: panels.committee ?? [] }].reduce(
    (sum, { sittings }) => sum + sittings.length,
    0,
  );
  if (count > mostSittings) {
    faults.push({ place: 'count', message: 'panel.fault.full', facts: { maximum: mostSittings } });
  }
  if (faults.length > 0) return refuse({ kind: 'invalid', faults: faults.slice(0, 1) });
  return ok(seatings.flatMap((seating) => seatedEvents(panels, seating, now)));
};

const seatedEvents = (
  { roundId }: Panels,
  { panel, place, sittings }: Seating,
  at: Instant,
): PanelsEvent[] => {
  const [sitting, ...further] = joined(sittings);
  if (!sitting) return [];
  if (!panel) return [{ type: 'committee-sits', at, roundId, sittings: [sitting, ...further], place }];
  return [{ type: 'panel-sits', at, panel: panel.id, sitting, ...(further.length > 0 && { further }) }];
};

/** Times that leave the plan: each panel, or the committee, is free then. */
export const risen = (
  parts: readonly Pick<SlotPart, 'panel' | 'place' | 'startsAt' | 'endsAt'>[],
  at: Instant,
): PanelsEvent[] =>
  [...Map.groupBy(parts, ({ panel, place }) => panel ?? place.digest).values()].flatMap(
    (held): PanelsEvent[] => {
      const sittings = held.map(timeOf);
      const [first] = held;
      const [sitting, ...further] = sittings;
      if (!first || !sitting) return [];
      const { panel, place } = first;
      if (!panel) return [{ type: 'committee-rises', at, sittings, place }];
      return [{ type: 'panel-rises', at, panel, sitting, ...(further.length > 0 && { further }) }];
    },
  );

/** What the whole committee was planned for before the record of the panels knew it. */
export const gathered = (
  { roundId }: Panels,
  parts: readonly Pick<SlotPart, 'panel' | 'startsAt' | 'endsAt'>[],
  at: Instant,
): PanelsEvent => {
  const sittings = counted(parts.filter(({ panel }) => !panel).map(timeOf));
  return { type: 'committee-sits', at, roundId, sittings };
};

const timeOf = ({ startsAt, endsAt }: Pick<SlotPart, 'startsAt' | 'endsAt'>): Sitting => ({
  from: startsAt,
  until: endsAt,
});

/** Nothing is told of what takes them but that it does. */
const takenElsewhere = (
  { panel, place, sittings }: Seating,
  { committee, rooms, zone, travel, elsewhere }: Omit<SeatedAt, 'now'>,
): Fault[] => {
  const people = seatedOn(committee, panel?.members);
  const room = panel ? typedRoom(panel, { rooms, travel }) : hallRoom(place, rooms);
  const taken = engagedBy({ people, room, site: panel?.site, sittings }, elsewhere, travel);
  if (!taken) return [];
  const { person, when } = taken;
  const facts = person ? { person } : { room: rooms.get((panel?.place ?? place).digest) ?? '' };
  const message = person ? 'panel.engaged.person' : 'panel.engaged.room';
  return [{ place: 'from', message, facts: { ...facts, ...when, zone } }];
};

const takenFor = (
  panels: Panels,
  { panel, sittings }: Seating,
  { rooms, zone, travel }: Pick<SeatedAt, 'rooms' | 'zone' | 'travel'>,
): Fault[] => {
  const committee = meeting(panels.committee ?? [], sittings);
  const fault = (message: string, { from, until }: Sitting, facts: Fault['facts'] = {}): Fault[] => [
    { place: 'from', message, facts: { ...facts, from, until, zone } },
  ];
  if (!panel) {
    if (committee) return fault('interview.fault.planned', committee);
    const other = clash(panels, { sittings });
    return other ? fault('interview.fault.panel', other.taken, { number: other.panel.number }) : [];
  }
  const { id, members, site, place } = panel;
  const own = meeting(panel.sittings, sittings);
  if (own) return fault('panel.fault.sits', own, { number: panel.number });
  if (committee) return fault('panel.fault.committee', committee);
  const member = clash(panels, { id, sittings, members, site, travel });
  if (member) return [clashFault('from', member, zone)];
  const room = roomOf(panel, { rooms, travel });
  const there = panels.panels.filter((other) => room !== '' && roomOf(other, { rooms, travel }) === room);
  const shared = clash({ panels: there }, { id, sittings });
  if (!shared) return [];
  return fault('panel.fault.room', shared.taken, {
    number: shared.panel.number,
    room: rooms.get(place.digest) ?? '',
  });
};

type Wanted = {
  id?: PanelId;
  sittings: readonly Sitting[];
  members?: Panel['members'];
  site?: Site;
  travel?: TravelRule | undefined;
};

/** Another panel that is in the way, and when: so many minutes are needed from there, none where both are to sit at one time. */
type Clash = { panel: Panel; taken: Sitting; minutes: number };

/** Another panel that sits at one of these times, or too shortly before or after it, with one of these members where some are named. */
export const clash = (
  { panels }: Pick<Panels, 'panels'>,
  { id, sittings, members, site, travel }: Wanted,
): Clash | undefined => {
  for (const panel of panels) {
    if (panel.id === id || (members && !panel.members.some((one) => members.includes(one)))) continue;
    const taken = meeting(panel.sittings, sittings);
    if (taken) return { panel, taken, minutes: 0 };
    const minutes = minutesBetween(travel, site, panel.site);
    const near = minutes > 0 ? meeting(panel.sittings, sittings, minutes) : undefined;
    if (near) return { panel, taken: near, minutes };
  }
  return undefined;
};

export const clashFault = (
  place: string,
  { panel: { number }, taken, minutes }: Clash,
  zone: string,
): Fault =>
  minutes === 0
    ? { place, message: 'panel.fault.elsewhere', facts: { number, ...taken, zone } }
    : { place, message: 'panel.fault.travel', facts: { number, minutes, ...taken, zone } };
