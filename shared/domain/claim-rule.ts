import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { type ResultClaim, reopenedNow } from '#shared/domain/claim.ts';
import { provenance } from '#shared/domain/provenance.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';

/** Within how many working days after it was filed the committee decides a claim (ANCHORS B10), and how many before the last one it is reminded. */
export const ClaimRule = z.strictObject({
  workingDays: z.int().min(1).max(60),
  remindWorkingDays: z.int().min(0).max(59).optional(),
  ...provenance,
});
type ClaimRule = z.infer<typeof ClaimRule>;

type ClaimPlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  claims?: Pick<ClaimRule, 'workingDays' | 'remindWorkingDays'> | undefined;
};

type Clocked = Pick<ResultClaim, 'filedAt' | 'earlier'>;

/** From when on the committee has its time for a claim: its filing, or that it was reopened. */
export const clockStart = (claim: Clocked): Instant => reopenedNow(claim)?.reopened.at ?? claim.filedAt;

/**
 * Whether it is the claim that somebody means: one that was open before is named by since when it is open, an older row or program that names
 * none means the only time that it was.
 */
export const isOfThisTime = (claim: Clocked, openSince: Instant | undefined): boolean =>
  openSince === undefined ? claim.earlier === undefined : openSince === clockStart(claim);

/** By when a claim is to be decided: the end of the last of the working days that follow that moment; undefined where the round file says nothing. */
export const decideClaimBy = (
  { timeZone, calendar, claims }: ClaimPlan,
  claim: Clocked,
): Instant | undefined =>
  claims &&
  endOfDay(timeZone, addWorkingDays(dayAt(timeZone, clockStart(claim)), claims.workingDays, calendar));

/** Where the round file says nothing, the committee is reminded one working day before the last one. */
const usualLead = 1;

/**
 * In the morning of which day the committee is reminded of a claim that is still open: never before the first working day of that time, so where
 * the time is short the last one; undefined where the round file says no time.
 */
export const remindOfClaimAt = (
  { timeZone, calendar, claims }: ClaimPlan,
  claim: Clocked,
): Instant | undefined => {
  if (!claims) return undefined;
  const { workingDays, remindWorkingDays = usualLead } = claims;
  const after = Math.max(1, workingDays - remindWorkingDays);
  return atHour(timeZone, addWorkingDays(dayAt(timeZone, clockStart(claim)), after, calendar), morning);
};

/**
 * Whether the time to decide is over: while a claim is open from that moment on, and for good where it was decided after it. It decides
 * nothing: no claim fails because the committee is late.
 */
export const isClaimOverdue = (plan: ClaimPlan, claim: ResultClaim, now: Instant): boolean => {
  if (claim.status === 'withdrawn') return false;
  const by = decideClaimBy(plan, claim);
  return by !== undefined && (claim.status === 'open' ? now : claim.decidedAt) >= by;
};
