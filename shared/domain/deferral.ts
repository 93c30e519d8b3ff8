import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Placement, PlacementEvent } from '#shared/domain/placement.ts';
import type { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Why somebody asks to begin later; a word, since what people type would have to be erased with them. */
export const DeferralReason = z.enum(['study', 'work', 'family', 'health', 'not-said']);
export type DeferralReason = z.infer<typeof DeferralReason>;

/** A person in a post asks to begin on a later day. The last one that was asked for. */
export const Deferral = z.object({
  until: z.iso.date(),
  reason: DeferralReason,
  askedAt: Instant,
  /** Agreed that the post goes to the next person if it cannot be held, for an entry to a later intake. */
  mayRelease: z.boolean().optional(),
  status: z.enum(['asked', 'granted', 'refused', 'released']),
  /** The last day by which the call of an intake with the promised entry closes. */
  entryUntil: z.iso.date().optional(),
  decided: z.object({ by: PersonId, at: Instant, reason: DocumentRef.optional() }).optional(),
});
export type Deferral = z.infer<typeof Deferral>;

type Decision = Result<PlacementEvent[], Refusal>;

/** `until`: the last day on which somebody may begin. */
type DeferralRule = { until: string; release?: { always: boolean; entryUntil: string } | undefined };

type DeferralPlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  /** Absent where nobody may begin later. */
  answer: { deferral?: DeferralRule | undefined };
  checklist: { items: readonly { code: string; dueWorkingDays: number }[] };
};

/**
 * What may be asked for in a stage. A post goes to the next person only while offers are made: after that it can still be held, and where
 * none is held nobody may begin later.
 */
export const deferralIn = (stage: Stage, rule: DeferralRule | undefined): DeferralRule | undefined => {
  if (stage === 'offers' || !rule?.release) return rule;
  return rule.release.always ? undefined : { until: rule.until };
};

/** What the person wants, as far as it was said. */
type Wish = { until: string; reason: DeferralReason | undefined; mayRelease?: boolean | undefined };

/**
 * Asks to begin on a later day. Refused as `invalid` at `until` where the round file allows none so late, or the day is over, at `reason`
 * where none is given, and at `release` where no post is held and the person does not agree that it is released; the same again changes
 * nothing while it is asked for.
 */
export const askDeferral = (placement: Placement, wish: Wish, plan: DeferralPlan, now: Instant): Decision => {
  if (placement.status !== 'open') return refuse({ kind: 'offer-ended', status: placement.status });
  const { until, reason, mayRelease = false } = wish;
  const agreed = plan.answer.deferral?.release !== undefined && mayRelease;
  if (isAskedSo(placement.deferral, { until, agreed })) return ok([]);
  const faults = faultsOf(wish, plan, now);
  if (faults.length > 0 || reason === undefined) return refuse({ kind: 'invalid', faults });
  return ok([{ type: 'deferral-asked', at: now, until, reason, ...(agreed && { mayRelease: true }) }]);
};

/** Everything that keeps a wish from being asked, so that nobody corrects one thing after the other. */
const faultsOf = ({ until, reason, mayRelease }: Wish, plan: DeferralPlan, now: Instant): Fault[] => {
  const { until: last, release } = plan.answer.deferral ?? {};
  const faults: Fault[] = [];
  if (!isDayToCome(until, { last, timeZone: plan.timeZone }, now)) {
    faults.push({ place: 'until', message: 'deferral.error.until', facts: { last: last ?? '–' } });
  }
  if (reason === undefined) faults.push({ place: 'reason', message: 'offer.reasonNeeded' });
  if (release?.always && mayRelease !== true) {
    faults.push({ place: 'release', message: 'deferral.error.release' });
  }
  return faults;
};

const isAskedSo = (
  standing: Deferral | undefined,
  { until, agreed }: { until: string; agreed: boolean },
): boolean =>
  standing?.status === 'asked' && standing.until === until && (standing.mayRelease ?? false) === agreed;

const isDayToCome = (
  day: string,
  { last, timeZone }: { last: string | undefined; timeZone: string },
  now: Instant,
): boolean =>
  last !== undefined && z.iso.date().safeParse(day).success && day > dayAt(timeZone, now) && day <= last;

/**
 * Grants what was asked, and holds the post; refused as `not-allowed` where the round file holds none. What is still to be done is due as
 * if the person had accepted on that day. Again changes nothing.
 */
export const grantDeferral = (
  placement: Placement,
  by: PersonId,
  plan: DeferralPlan,
  now: Instant,
): Decision => {
  if (plan.answer.deferral?.release?.always) return refuse({ kind: 'not-allowed' });
  const asked = askedIn(placement, 'granted');
  if (!asked.ok || asked.value === undefined) return asked.ok ? ok([]) : asked;
  const { until } = asked.value;
  const due = placement.items.flatMap(({ code, done, dueAt }) => {
    const days = plan.checklist.items.find((item) => item.code === code)?.dueWorkingDays;
    if (done || days === undefined) return [];
    const later = endOfDay(plan.timeZone, addWorkingDays(until, days, plan.calendar));
    return later > dueAt ? [{ code, dueAt: later }] : [];
  });
  const beginsAt = endOfDay(plan.timeZone, until);
  return ok([{ type: 'deferral-granted', at: now, by, beginsAt, due }]);
};

/**
 * Releases the post for who agreed to it: the placement ends, and the entry to a later intake is promised. Refused as `not-allowed`
 * where the round file releases none, or the person did not agree. Again changes nothing.
 */
export const releasePlace = (
  placement: Placement,
  by: PersonId,
  { answer }: Pick<DeferralPlan, 'answer'>,
  now: Instant,
): Result<Extract<PlacementEvent, { type: 'deferral-released' }>[], Refusal> => {
  if (placement.deferral?.status === 'released') return ok([]);
  const asked = askedIn(placement, 'released');
  if (!asked.ok || asked.value === undefined) return asked.ok ? ok([]) : asked;
  const release = answer.deferral?.release;
  if (!release || !asked.value.mayRelease) return refuse({ kind: 'not-allowed' });
  return ok([{ type: 'deferral-released', at: now, by, entryUntil: release.entryUntil }]);
};

/** Refuses what was asked, with a reason; the days stay as they are. */
export const refuseDeferral = (
  placement: Placement,
  by: PersonId,
  reason: DocumentRef | undefined,
  now: Instant,
): Decision => {
  const asked = askedIn(placement, 'refused');
  if (!asked.ok || asked.value === undefined) return asked.ok ? ok([]) : asked;
  if (!reason) return refuse({ kind: 'reason-needed' });
  return ok([{ type: 'deferral-refused', at: now, by, reason }]);
};

/** What waits for a decision; nothing where that very decision was made before. */
const askedIn = (
  { deferral, status }: Placement,
  decision: Deferral['status'],
): Result<Deferral | undefined, Refusal> => {
  if (!deferral) return refuse({ kind: 'not-found', what: 'placement' });
  if (deferral.status === decision) return ok(undefined);
  if (deferral.status !== 'asked') return refuse({ kind: 'changed-meanwhile' });
  return status === 'open' ? ok(deferral) : refuse({ kind: 'offer-ended', status });
};
