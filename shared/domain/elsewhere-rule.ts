import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

/**
 * How people whom committees of different regions judged are put in one order. Points of two committees are not the same thing: `percent` takes
 * the published totals as if they were, `place` only how high somebody stands among those whom the own committee ranked.
 */
export const Comparison = z.enum(['percent', 'place']);
export type Comparison = z.infer<typeof Comparison>;

/** What a round file says of posts and people of other regions (`elsewhere.ts`). */
export const ElsewhereRule = z.strictObject({
  /** How long people of any region may agree and choose among the posts that stay empty here, from the day on which these are listed. */
  workingDays: z.int().min(1).max(20),
  /** How long after that other regions may hand over who chose. */
  handingWorkingDays: z.int().min(1).max(20),
  /** How many days after that everything of these people is erased here. */
  keptDays: z.int().min(1).max(365),
  compare: Comparison,
  /** Posts of one other region that somebody of this round may choose at most. */
  limit: z.int().min(1).max(50),
  /** What people of this round agree to before anything of theirs is handed to another region. */
  consent: Texts,
  ...provenance,
});
