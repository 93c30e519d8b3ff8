import * as z from 'zod';
import { Provision } from '#shared/domain/access-need.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, PanelId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** What is held at one station of a slot, by whom, where and when. */
export const SlotStation = z.object({
  code: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  place: DocumentRef,
  panel: PanelId,
});
export type SlotStation = z.infer<typeof SlotStation>;

/** A time at which one applicant can be interviewed. Whose it is, only the application's number and owner tell. */
export const Slot = z.object({
  id: SlotId,
  roundId: RoundId,
  startsAt: Instant,
  endsAt: Instant,
  /** Typed by the secretary: a room or the address of a video call; of the first station, where there are some. */
  place: DocumentRef,
  /** Who holds it; the whole committee where none was composed for it. */
  panel: PanelId.optional(),
  /** In their order; absent for an interview in one piece. */
  stations: z.array(SlotStation).min(2).optional(),
  /** What is there at this time besides what its panels provide. Absent where nobody said, and in older records. */
  provides: z.array(Provision).optional(),
  /** Whether a place that was typed is reached without steps; a panel says it of its own. Absent where nobody said (`provided.ts`). */
  stepFree: z.boolean().optional(),
  /** It is for an interview that was owed (`owed-interview.ts`), and no part of the timetable. */
  owed: z.literal(true).optional(),
  /** Whose it is; nobody's while it is free. */
  applicationId: ApplicationId.optional(),
  bookedAt: Instant.optional(),
  /** When a station of it was moved last, for who has it now. */
  movedAt: Instant.optional(),
  removedAt: Instant.optional(),
  /** It left the plan because it cannot be held; whose it was, if anybody's. Absent where it was only removed, and in older records. */
  calledOff: z.object({ applicationId: ApplicationId.optional() }).optional(),
});
export type Slot = z.infer<typeof Slot>;

/** What is held in a slot: its stations, or all of it in one piece, perhaps by the whole committee. */
export type SlotPart = Omit<SlotStation, 'code' | 'panel'> & {
  code: string | undefined;
  panel: PanelId | undefined;
};

export const partsOf = ({ stations, startsAt, endsAt, place, panel }: SlotTimes): readonly SlotPart[] =>
  stations ?? [{ code: undefined, startsAt, endsAt, place, panel }];

type SlotTimes = Pick<Slot, 'stations' | 'startsAt' | 'endsAt' | 'place' | 'panel'>;

export const SlotEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('slot-planned'),
    at: Instant,
    id: SlotId,
    roundId: RoundId,
    startsAt: Instant,
    endsAt: Instant,
    place: DocumentRef,
    panel: PanelId.optional(),
    stations: z.array(SlotStation).min(2).optional(),
    provides: z.array(Provision).optional(),
    stepFree: z.boolean().optional(),
    owed: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('slot-booked'), at: Instant, applicationId: ApplicationId }),
  z.object({ type: z.literal('slot-freed'), at: Instant, applicationId: ApplicationId }),
  /** One station is held at another time, or by another panel in its room. */
  z.object({ type: z.literal('slot-station-moved'), at: Instant, station: SlotStation }),
  /** Somebody said it of the place, or said it anew. */
  z.object({ type: z.literal('slot-steps-told'), at: Instant, stepFree: z.boolean() }),
  z.object({
    type: z.literal('slot-removed'),
    at: Instant,
    calledOff: z.object({ applicationId: ApplicationId.optional() }).optional(),
  }),
  /** It can be held after all. */
  z.object({ type: z.literal('slot-restored'), at: Instant }),
]);
export type SlotEvent = z.infer<typeof SlotEvent>;

/** All slots of the timetable of a round, in the order of time. */
export const slotsOf = (roundId: RoundId): string => `SLOTS#${roundId}`;

/** Times of interviews that were owed, which the timetable does not know. */
export const owedSlotsOf = (roundId: RoundId): string => `OWED-SLOTS#${roundId}`;

/** Those that were removed, for whoever tells how the round came to where it is. Ones removed before 26 November 2026 are in no list. */
export const removedSlotsOf = (roundId: RoundId): string => `REMOVED-SLOTS#${roundId}`;

/** How events change a slot. A removed one leaves the list of those that can be booked. */
export const slotAggregate: Aggregate<Slot, SlotEvent> = {
  name: 'slot',
  event: SlotEvent,
  snapshot: Slot,
  evolve: (slot, event) => {
    if (event.type === 'slot-planned') {
      const { type: _type, at: _at, ...planned } = event;
      return planned;
    }
    if (!slot) throw new Error(`A slot cannot begin with ${event.type}.`);
    switch (event.type) {
      case 'slot-booked':
        return { ...slot, applicationId: event.applicationId, bookedAt: event.at };
      case 'slot-freed': {
        const { applicationId: _before, bookedAt: _at, movedAt: _moved, ...free } = slot;
        return free;
      }
      case 'slot-station-moved':
        return { ...withStation(slot, event.station), movedAt: event.at };
      case 'slot-steps-told':
        return { ...slot, stepFree: event.stepFree };
      case 'slot-removed':
        return { ...slot, removedAt: event.at, ...(event.calledOff && { calledOff: event.calledOff }) };
      case 'slot-restored': {
        const { removedAt: _at, calledOff: _before, ...planned } = slot;
        return planned;
      }
      default:
        return event satisfies never;
    }
  },
  lists: (slot) => ({ list: { key: listOf(slot), sort: `${slot.startsAt}#${slot.id}` } }),
};

const listOf = ({ roundId, removedAt, owed }: Slot): string => {
  if (removedAt) return removedSlotsOf(roundId);
  return owed ? owedSlotsOf(roundId) : slotsOf(roundId);
};

/** From its earliest station to its latest, wherever in the order of stations these are. */
const withStation = (slot: Slot, moved: SlotStation): Slot => {
  const stations = slot.stations?.map((one) => (one.code === moved.code ? moved : one)) ?? [];
  const [first] = stations.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const last = stations.toSorted((a, b) => (a.endsAt < b.endsAt ? -1 : 1)).at(-1);
  if (!first || !last) throw new Error(`Slot ${slot.id} has no stations.`);
  return { ...slot, stations, startsAt: first.startsAt, endsAt: last.endsAt, place: first.place };
};
