import type { Provision } from '#shared/domain/access-need.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, PanelId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { stepsTold } from '#shared/domain/provided.ts';
import { partsOf, type Slot, type SlotEvent, type SlotStation } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<SlotEvent[], Refusal>;

/** As many as one transaction holds: two items each, and room for what must still stand. */
const maxSlotsAtOnce = 40;

/** Slots one after another: the first start, how many, how long each is, and after how many minutes the next one begins. */
export type SlotPlan = { from: Instant | undefined; count: number; minutes: number; every: number };

export type PlannedTime = { startsAt: Instant; endsAt: Instant };

/** The times of a plan; `from` is undefined where what was typed is no time. Faults name the fields `from` and `count`. */
export const slotTimes = (plan: SlotPlan, now: Instant): Result<PlannedTime[], Refusal> => {
  const { from, count, minutes, every } = plan;
  const faults: Fault[] = [];
  if (from === undefined) faults.push({ place: 'from', message: 'interview.fault.time' });
  else if (from <= now) faults.push({ place: 'from', message: 'interview.fault.past' });
  if (!Number.isInteger(count) || count < 1 || count > maxSlotsAtOnce) {
    faults.push({ place: 'count', message: 'interview.fault.count', facts: { maximum: maxSlotsAtOnce } });
  }
  if (from === undefined || faults.length > 0) return refuse({ kind: 'invalid', faults });
  return ok(
    Array.from({ length: count }, (_, index) => ({
      startsAt: addSeconds(from, index * every * 60),
      endsAt: addSeconds(from, (index * every + minutes) * 60),
    })),
  );
};

export const planSlot = (
  slot: {
    id: SlotId;
    roundId: RoundId;
    place: DocumentRef;
    panel?: PanelId;
    stations?: SlotStation[];
    provides?: Provision[];
    stepFree?: boolean;
    owed?: true;
  } & PlannedTime,
  now: Instant,
): SlotEvent[] => [{ type: 'slot-planned', at: now, ...slot }];

/** Whose clock a refusal tells its moment by. */
type At = { now: Instant; zone: string };

/**
 * Gives a free slot to an application. Its own again changes nothing; another's is `slot-taken`, and one that has begun
 * is `too-late`.
 */
export const bookSlot = (slot: Slot, applicationId: ApplicationId, { now, zone }: At): Decision => {
  if (slot.removedAt) return refuse({ kind: 'not-found', what: 'slot' });
  if (slot.applicationId === applicationId) return ok([]);
  if (slot.applicationId) return refuse({ kind: 'slot-taken' });
  if (now >= slot.startsAt) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  return ok([{ type: 'slot-booked', at: now, applicationId }]);
};

/** Frees the slot of an application for others, before it begins. */
export const freeSlot = (slot: Slot, applicationId: ApplicationId, { now, zone }: At): Decision => {
  if (slot.applicationId !== applicationId) return ok([]);
  if (now >= slot.startsAt) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  return ok([{ type: 'slot-freed', at: now, applicationId }]);
};

/** Says whether the place is reached without steps, until it begins. What panels hold is said of these. */
export const tellSteps = (slot: Slot, stepFree: boolean, { now, zone }: At): Decision => {
  if (slot.removedAt || partsOf(slot).some(({ panel }) => panel))
    return refuse({ kind: 'not-found', what: 'slot' });
  if (stepsTold(slot) === stepFree) return ok([]);
  if (now >= slot.startsAt) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  return ok([{ type: 'slot-steps-told', at: now, stepFree }]);
};

/** Takes a slot that cannot be held out of the plan, and from whoever has it, also once it has begun. */
export const callOffSlot = ({ applicationId }: Slot, now: Instant): SlotEvent[] => [
  ...(applicationId ? [{ type: 'slot-freed', at: now, applicationId } as const] : []),
  { type: 'slot-removed', at: now, calledOff: applicationId ? { applicationId } : {} },
];

/**
 * Puts a slot that was called off back into the plan, before it begins. Whose it was is told by `calledOff`; the caller books it for them
 * where they have no other. One that stands in the plan stays as it is.
 */
export const restoreSlot = (slot: Slot, { now, zone }: At): Decision => {
  if (!slot.removedAt) return ok([]);
  if (!slot.calledOff) return refuse({ kind: 'not-found', what: 'slot' });
  if (now >= slot.startsAt) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  return ok([{ type: 'slot-restored', at: now }]);
};

/** Takes a slot that nobody has out of the plan. */
export const removeSlot = (slot: Slot, now: Instant): Decision => {
  if (slot.removedAt) return ok([]);
  if (slot.applicationId) return refuse({ kind: 'slot-taken' });
  return ok([{ type: 'slot-removed', at: now }]);
};
