import * as z from 'zod';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** An offer that is not made, somebody or a vacancy that stands wrong, or an answer that is kept; what is wrong is named in `faults`, of an answer only in the log. */
export const HeldPartAnswer = z.object({
  number: ApplicationNumber.optional(),
  vacancy: z.string().optional(),
  /** `who`: whom it would pass by, or whom the place is kept for. */
  faults: z.array(
    z.object({ fault: z.string(), vacancy: z.string().optional(), who: ApplicationNumber.optional() }),
  ),
  answered: z.object({ at: Instant, kind: z.string() }).optional(),
  /** It is about somebody who is closed to the reader, of whom nothing else stands here. */
  walled: z.literal(true).optional(),
});
