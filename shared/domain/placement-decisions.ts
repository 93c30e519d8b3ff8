import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type {
  ApplicationId,
  ApplicationNumber,
  OfferId,
  PersonId,
  PlacementId,
  RoundId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import type { Item, ItemOwner, Placement, PlacementEvent } from '#shared/domain/placement.ts';
import { type Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<PlacementEvent[], Refusal>;

type ChecklistPlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  checklist: {
    remindEveryWorkingDays: number;
    items: readonly { code: string; owner: ItemOwner; dueWorkingDays: number; required: boolean }[];
  };
};

type Opening = {
  id: PlacementId;
  applicationId: ApplicationId;
  roundId: RoundId;
  number: ApplicationNumber;
  offer: OfferId;
  vacancy: VacancyCode;
};

/** Opens a placement with the checklist of its round file; each item is due by the end of a working day. */
export const openPlacement = (opening: Opening, plan: ChecklistPlan, now: Instant): PlacementEvent[] => {
  const today = dayAt(plan.timeZone, now);
  const items = plan.checklist.items.map(({ code, owner, dueWorkingDays, required }) => {
    const day = addWorkingDays(today, dueWorkingDays, plan.calendar);
    return { code, owner, required, dueAt: endOfDay(plan.timeZone, day) };
  });
  return [{ type: 'placement-opened', at: now, ...opening, items }];
};

/** Who ticks, and as what: an item is ticked by its owner only. */
export type Ticker = { id: PersonId; owner: ItemOwner };

/** Ticks an item off. Ticked again it stays as it is. */
export const tickItem = (placement: Placement, code: string, by: Ticker, now: Instant): Decision => {
  const item = ownItem(placement, code, by);
  if (!item.ok) return item;
  return ok(item.value.done ? [] : [{ type: 'item-done', at: now, code, by: by.id }]);
};

/** Takes a tick back that was a mistake, with a reason. What is not ticked stays as it is. */
export const untickItem = (
  placement: Placement,
  { code, reason }: { code: string; reason: DocumentRef | undefined },
  by: Ticker,
  now: Instant,
): Decision => {
  const item = ownItem(placement, code, by);
  if (!item.ok) return item;
  if (!item.value.done) return ok([]);
  if (!reason) return refuse({ kind: 'reason-needed' });
  return ok([{ type: 'item-undone', at: now, code, by: by.id, reason }]);
};

/** Names who confirms for the school; another one takes the place of the first. */
export const nameSchool = (
  placement: Placement,
  { personId, by }: { personId: PersonId; by: PersonId },
  now: Instant,
): Decision => {
  if (placement.status === 'closed') return closed();
  return ok(placement.school === personId ? [] : [{ type: 'school-named', at: now, personId, by }]);
};

/** Ends a placement whose person has withdrawn; what was done stays written. */
export const closePlacement = (placement: Placement, now: Instant): PlacementEvent[] =>
  placement.status === 'closed' ? [] : [{ type: 'placement-closed', at: now, because: 'withdrawn' }];

/** Owners who have something to do, in the order of the checklist. */
export const owing = (placement: Placement): ItemOwner[] => [
  ...new Set(openItems(placement).map(({ owner }) => owner)),
];

export const openItems = ({ items }: Placement): Item[] => items.filter(({ done }) => done === undefined);

/** Required items that are not done. */
export const outstanding = (placement: Placement): Item[] =>
  openItems(placement).filter(({ required }) => required);

/** When owners are reminded next: nine in the morning, so many working days after the start, the last reminder or a later beginning. */
export const nextReminder = (placement: Placement, plan: ChecklistPlan): Instant => {
  const last = placement.remindedAt ?? placement.startedAt;
  const { beginsAt = last } = placement;
  const from = dayAt(plan.timeZone, beginsAt > last ? beginsAt : last);
  const day = addWorkingDays(from, plan.checklist.remindEveryWorkingDays, plan.calendar);
  return atHour(plan.timeZone, day, morning);
};

/** Reminds those who owe something, when it is time; otherwise nothing happens. */
export const remindOwners = (
  placement: Placement,
  plan: ChecklistPlan,
  now: Instant,
): Extract<PlacementEvent, { type: 'owners-reminded' }>[] => {
  if (placement.status !== 'open' || now < nextReminder(placement, plan)) return [];
  return [{ type: 'owners-reminded', at: now, owners: owing(placement) }];
};

/**
 * Another execution for an open placement whose own is gone.
 * @param ended the attempt that was found ended
 */
export const restartPlacement = (placement: Placement, ended: number, now: Instant): PlacementEvent[] =>
  placement.status === 'open' && placement.attempt === ended
    ? [{ type: 'placement-execution-restarted', at: now, attempt: ended + 1 }]
    : [];

const ownItem = (placement: Placement, code: string, by: Ticker): Result<Item, Refusal> => {
  if (placement.status === 'closed') return closed();
  const item = placement.items.find((one) => one.code === code);
  if (!item) return refuse({ kind: 'not-found', what: 'placement' });
  return item.owner === by.owner ? ok(item) : refuse({ kind: 'not-allowed' });
};

const closed = (): Result<never, Refusal> => refuse({ kind: 'offer-ended', status: 'closed' });
