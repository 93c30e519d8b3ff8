import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { ResultClaim } from '#shared/domain/claim.ts';
import { provenance } from '#shared/domain/provenance.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';

/** Within how many working days after it was filed the committee decides a claim (ANCHORS B10). */
export const ClaimRule = z.strictObject({ workingDays: z.int().min(1).max(60), ...provenance });
type ClaimRule = z.infer<typeof ClaimRule>;

type ClaimPlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  claims?: Pick<ClaimRule, 'workingDays'> | undefined;
};

/** By when a claim is to be decided: the end of the last of the working days that follow its filing; undefined where the round file says nothing. */
export const decideClaimBy = (
  { timeZone, calendar, claims }: ClaimPlan,
  { filedAt }: Pick<ResultClaim, 'filedAt'>,
): Instant | undefined =>
  claims && endOfDay(timeZone, addWorkingDays(dayAt(timeZone, filedAt), claims.workingDays, calendar));

/**
 * Whether the time to decide is over: while a claim is open from that moment on, and for good where it was decided after it. It decides
 * nothing: no claim fails because the committee is late.
 */
export const isClaimOverdue = (plan: ClaimPlan, claim: ResultClaim, now: Instant): boolean => {
  const by = decideClaimBy(plan, claim);
  return by !== undefined && (claim.status === 'open' ? now : claim.decidedAt) >= by;
};
