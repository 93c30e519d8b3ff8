import * as z from 'zod';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import type { Instant } from '#shared/domain/time.ts';
import { hourAt } from '#shared/domain/zone.ts';

export const DayPart = z.enum(['morning', 'afternoon']);
export type DayPart = z.infer<typeof DayPart>;

/**
 * What an applicant asks of the interview. Language and access must be kept; the time of the day and the days are wishes.
 * A typed document, since access may tell of health.
 */
export const InterviewWishes = z.strictObject({
  /** Any, where it is not said. */
  language: InterviewLanguage.optional(),
  stepFree: z.boolean(),
  part: DayPart.optional(),
  /** Days that suit best, as YYYY-MM-DD. */
  days: z.array(z.iso.date()).max(60),
});
export type InterviewWishes = z.infer<typeof InterviewWishes>;

/** What must be kept. */
export type Needs = Pick<InterviewWishes, 'language' | 'stepFree'>;

/** Whether a moment is before noon or after it, as clocks in the zone show it. */
export const dayPartAt = (zone: string, moment: Instant): DayPart =>
  hourAt(zone, moment) < 12 ? 'morning' : 'afternoon';
