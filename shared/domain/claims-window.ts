import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';

type Planned = Pick<RoundFile, 'timeZone' | 'stages'> & { calendar: WorkingCalendar };

/** Until when claims may be made where results are published now: the end of the last working day of the window, or the moment that the round file names. */
export const claimsEnd = (file: Planned, now: Instant): Instant => {
  const plan = file.stages.claims;
  const named = 'endsAt' in plan ? readInstant(plan.endsAt) : undefined;
  return named && named > now ? named : wholeWindow(file, now);
};

/**
 * The same once the letters about the results go out: whoever is told has all working days of the window, or one whole one where the round file
 * names a moment; never less than was published.
 */
export const claimsEndTold = (file: Planned, published: Instant, now: Instant): Instant => {
  const end = wholeWindow(file, now);
  return end > published ? end : published;
};

const wholeWindow = ({ timeZone, calendar, stages: { claims } }: Planned, from: Instant): Instant => {
  const days = 'workingDays' in claims ? claims.workingDays : 1;
  return endOfDay(timeZone, addWorkingDays(dayAt(timeZone, from), days, calendar));
};
