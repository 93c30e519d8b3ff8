import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';
import { WordLimits } from '#shared/domain/word-limits.ts';

/** What the cards of a round say beside points, of scoring and of interviews alike. */
export const CardRule = z.strictObject({
  /**
   * Whoever cannot judge a criterion may say so, and gives it no points. A card counts as long as the criteria that it judges carry
   * this part of the weight, in percent; one that judges less is kept, and one more rater is asked.
   */
  abstention: z.strictObject({ judgedPercent: z.int().min(1).max(100) }).optional(),
  comments: z
    .strictObject({
      /** For those who judge and decide, and for the papers of the round. */
      committee: WordLimits.optional(),
      /** For the applicant, who reads it with the explanation of the result. */
      applicant: WordLimits.optional(),
    })
    .optional(),
  /** How who judged stands on the evaluation sheets; by code where nothing is said. */
  sheets: z.enum(['codes', 'names']).optional(),
  ...provenance,
});
export type CardRule = z.infer<typeof CardRule>;

/** Where no rule says it: half of the weight, so that what a rater did not judge never outweighs what they did. */
export const judgedPercentOf = (rule: CardRule | undefined): number => rule?.abstention?.judgedPercent ?? 50;
