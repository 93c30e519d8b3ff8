import * as z from 'zod';
import { kit } from '#shared/domain/interview-kit.ts';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

export const Criterion = z.strictObject({
  code: RuleCode,
  title: Texts,
  /** Percent of the total; all weights sum to 100. Only what is `independent` weighs nothing. */
  weight: z.int().min(0).max(100),
  /** False where it may be left without points. */
  required: z.boolean().optional(),
  /** Asked and shown, and never part of the total. */
  independent: z.literal(true).optional(),
  scale: z
    .array(z.strictObject({ points: z.number().min(-100).max(100), label: Texts }))
    .min(2)
    .max(30),
  ...provenance,
});
export type Criterion = z.infer<typeof Criterion>;

/** A criterion of the interview with its part of the kit. */
export const InterviewCriterion = Criterion.extend(kit);
export type InterviewCriterion = z.infer<typeof InterviewCriterion>;

/**
 * A criterion of scoring. One `markedBy: 'import'` is marked by another organisation, whose file is imported (`shared/marks`): a mark is
 * any number between the ends of the scale, with at most two decimals, and no rater is asked for it.
 */
export const RubricCriterion = Criterion.extend({ markedBy: z.literal('import').optional() });
export type RubricCriterion = z.infer<typeof RubricCriterion>;
