import * as z from 'zod';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';

/** A letter before the interview went out: that no time is chosen yet, or of the time that is. */
export const interviewReminded = z.object({
  type: z.literal('interview-reminded'),
  at: Instant,
  /** The time that it reminds of; absent where none was chosen. */
  slot: SlotId.optional(),
});

export const InterviewReminders = z.object({
  unbooked: Instant.optional(),
  booked: z.object({ slot: SlotId, at: Instant }).optional(),
});
type InterviewReminders = z.infer<typeof InterviewReminders>;

export const withReminded = (
  before: InterviewReminders | undefined,
  { at, slot }: z.infer<typeof interviewReminded>,
): InterviewReminders => ({ ...before, ...(slot ? { booked: { slot, at } } : { unbooked: at }) });

/** Where the round file says nothing. */
const usualLead = 2;

type Plan = {
  timeZone: string;
  calendar: WorkingCalendar;
  interviews: { remindWorkingDays?: number | undefined };
};

/** How many working days before the end of booking somebody without a time is reminded. */
export const unbookedLead = ({ interviews }: Pick<Plan, 'interviews'>): number =>
  interviews.remindWorkingDays ?? usualLead;

/** Whether somebody without a time is reminded on a working day: so many before the end of booking, or later. */
export const isUnbookedDay = (plan: Plan, day: string, end: Instant): boolean =>
  addWorkingDays(day, unbookedLead(plan), plan.calendar) >= dayAt(plan.timeZone, end);

/** Whether a working day is the last one before the day of an interview. */
export const isDayBefore = ({ timeZone, calendar }: Plan, day: string, startsAt: Instant): boolean => {
  const held = dayAt(timeZone, startsAt);
  return day < held && held <= addWorkingDays(day, 1, calendar);
};

/**
 * Reminds once of each: nobody who has withdrawn, was reminded of it, or whose booking is another one by now.
 * @param slot the time that they have; undefined for who has none
 */
export const remindOfInterview = (
  { withdrawnAt, slotId, missedInterview, interviewReminders }: Candidacy,
  slot: SlotId | undefined,
  now: Instant,
): CandidacyEvent[] => {
  const { unbooked, booked } = interviewReminders ?? {};
  const isDone = slot === undefined ? unbooked !== undefined : booked?.slot === slot;
  if (withdrawnAt || missedInterview || slotId !== slot || isDone) return [];
  return [{ type: 'interview-reminded', at: now, ...(slot && { slot }) }];
};
