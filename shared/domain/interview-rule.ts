import * as z from 'zod';
import { InterviewCriterion } from '#shared/domain/criterion.ts';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';
import { TravelRule } from '#shared/domain/travel.ts';

const minutes = z.int().min(5).max(240);
const mostStations = 6;
const mostScorecards = 15;

/** A part of an interview that is held and scored on its own, such as a sample lesson. */
const StationRule = z.strictObject({
  code: RuleCode,
  title: Texts,
  minutes,
  /** Scorecards that are needed here at least. */
  scorecards: z.int().min(1).max(mostScorecards),
  /** Codes of the criteria that are scored here; each is scored at one station. */
  criteria: z.array(RuleCode).min(1).max(20),
});

/** How long an interview lasts, who scores it, by what, and what it weighs. */
export const InterviewRule = z.strictObject({
  /** Of all stations, where there are some. */
  minutes,
  /** Scorecards that an interview needs at least, of all stations together. */
  scorecards: z
    .int()
    .min(1)
    .max(mostScorecards * mostStations),
  /** Percent of the final total; the rest is scoring. */
  weight: z.int().min(0).max(100),
  criteria: z.array(InterviewCriterion).min(1).max(20),
  /** One after the other, in this order; a single one that needs no name where this is absent. */
  stations: z.array(StationRule).min(2).max(mostStations).optional(),
  /**
   * So many working days before the end of booking whoever was invited and has chosen no time is reminded, two where nothing is said: the end
   * is the last free time, or the planned end of the stage where that is earlier.
   */
  remindWorkingDays: z.int().min(0).max(20).optional(),
  /** Where panels sit, and the time that the way between takes; without it nobody needs any. */
  travel: TravelRule.optional(),
  /**
   * So many of those who hear an application, at all its stations together, work at no school where it wants a post. A member who works
   * there and was cleared of the conflict of interest may hear it, and does not count. Without it nobody counts them.
   */
  outsiders: z.strictObject({ atLeast: z.int().min(1).max(mostScorecards), ...provenance }).optional(),
  ...provenance,
});
export type InterviewRule = z.infer<typeof InterviewRule>;
