import * as z from 'zod';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a correction was about, or that one was taken back. */
export const CorrectionCause = z.enum([
  'totals',
  'criterion',
  'rows-shifted',
  'marks-file',
  'rater-left-out',
  'undo',
]);
export type CorrectionCause = z.infer<typeof CorrectionCause>;

/** Final results that a correction put in the place of those before, which stay as they were published. */
export const ResultsEdition = z.object({
  /** The first edition is what the committee decided, the second that of the first correction. */
  number: z.int().min(2),
  /** SHA-256 of their standing list. */
  decision: Sha256,
  /** The number of the correction within the round. */
  correction: z.int().min(1),
  cause: CorrectionCause,
  correctedAt: Instant,
});
export type ResultsEdition = z.infer<typeof ResultsEdition>;

/** The edition of the final results that counts; undefined where none was corrected. */
export const latestEdition = (round: {
  editions?: readonly ResultsEdition[] | undefined;
}): ResultsEdition | undefined => round.editions?.at(-1);
