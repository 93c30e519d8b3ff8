import * as z from 'zod';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';

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
  /** From this turn on offers go by it. Absent where it came after the offers, and in older records, where they went on by the first. */
  turn: Turn,
});
export type ResultsEdition = z.infer<typeof ResultsEdition>;

/** The edition of the final results that counts; undefined where none was corrected. */
export const latestEdition = (round: {
  editions?: readonly ResultsEdition[] | undefined;
}): ResultsEdition | undefined => round.editions?.at(-1);

/** The editions that offers went by, in their order. */
export const countedEditions = (round: {
  editions?: readonly ResultsEdition[] | undefined;
}): readonly ResultsEdition[] => (round.editions ?? []).filter(({ turn }) => turn !== undefined);
