import * as z from 'zod';
import { CorrectionCause } from '#shared/domain/edition.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/**
 * Final results that were published before, and are corrected by these. The first edition has no such member. Whoever has the earlier files
 * can follow the editions back to it: each names the file of the one before.
 */
export const Edition = z.strictObject({
  /** One more than that of the edition that it corrects; the first is 1. */
  number: z.int().min(2),
  corrects: z.strictObject({ root: Sha256, bundle: Sha256 }),
  correctedAt: Instant,
  /** What was corrected, as a code: the words of the people who decided it stay with them. */
  cause: CorrectionCause,
});
export type Edition = z.infer<typeof Edition>;

/** An edition as the offers name it; the first has the number 1. */
export const NamedEdition = z.strictObject({ number: z.int().min(1), root: Sha256, bundle: Sha256 });
export type NamedEdition = z.infer<typeof NamedEdition>;
