import * as z from 'zod';
import { Texts } from '#shared/domain/texts.ts';

const count = z.int().min(0);
/** Four decimals, half-even. */
const Measure = z.strictObject({
  value: z.number(),
  /** 95 %; absent where the scores do not tell it. */
  interval: z.tuple([z.number(), z.number()]).optional(),
});

/** How far raters agreed whose scores counted (ANCHORS 5.4). A measure is absent where the scores cannot tell it. */
export const Agreement = z.strictObject({
  raters: count,
  applications: count,
  scores: count,
  /** Of one rater, and of the mean of the raters of an application. */
  icc21: Measure.optional(),
  icc2k: Measure.optional(),
  /** ICC(2,1) of the applications that everybody was to score, by those who scored all of them. */
  anchored: Measure.extend({ raters: count, applications: count }).optional(),
  alphaOrdinal: Measure.optional(),
  /** How many raters an application would need for a reliability of their mean; absent in minutes of before it was said. */
  needed: z.array(z.strictObject({ reliability: z.number(), raters: z.number() })).optional(),
  /** Applications whose scores lay further apart than the round file allows without one more rater. */
  apart: z.strictObject({ percent: z.number(), applications: count }),
  /** Which scores made totals and ranks; `not-asked` where the round file has no adjusting, `never` of interviews. */
  counts: z.enum(['adjusted', 'raw', 'not-asked', 'never']),
});
export type Agreement = z.infer<typeof Agreement>;

/** The same of interviewers, at one station where interviews have several. */
export const InterviewAgreement = Agreement.extend({
  station: Texts.optional(),
  /** So many groups that judged nobody in common; absent where there is one. */
  groups: z.int().min(2).optional(),
});
export type InterviewAgreement = z.infer<typeof InterviewAgreement>;
