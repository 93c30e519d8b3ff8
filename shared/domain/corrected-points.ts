import * as z from 'zod';
import type { Granted } from '#shared/domain/claim.ts';

/** Totals that a claim corrected; they take the place of the means. */
export const CorrectedPoints = z.object({
  scoring: z.number().optional(),
  interview: z.number().optional(),
  /** Points of another organisation that it corrected, by criterion: a tie may go by them. */
  marks: z.record(z.string(), z.number()).optional(),
});
export type CorrectedPoints = z.infer<typeof CorrectedPoints>;

/** What a claim that is upheld puts in the place of what its application came to. */
export const correctedBy = ({ scoring, interview, items = [] }: Granted): CorrectedPoints => {
  const marks = items.filter(({ raterId }) => raterId === undefined);
  return {
    ...(scoring !== undefined && { scoring }),
    ...(interview !== undefined && { interview }),
    ...(marks.length > 0 && {
      marks: Object.fromEntries(marks.map(({ criterion, points }) => [criterion, points])),
    }),
  };
};
