import * as z from 'zod';
import { InterviewCriterion } from '#shared/domain/criterion.ts';
import { provenance } from '#shared/domain/provenance.ts';

/** How long an interview lasts, who scores it, by what, and what it weighs. */
export const InterviewRule = z.strictObject({
  minutes: z.int().min(5).max(240),
  /** Scorecards that an interview needs at least. */
  scorecards: z.int().min(1).max(15),
  /** Percent of the final total; the rest is scoring. */
  weight: z.int().min(0).max(100),
  criteria: z.array(InterviewCriterion).min(1).max(20),
  ...provenance,
});
