import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

/** What a round file says of the second chance (`exchange.ts`). */
export const ExchangeRule = z.strictObject({
  /** How long people may agree and choose, from the day on which they are asked. */
  workingDays: z.int().min(1).max(20),
  /** From this day on they may be asked although answers to offers are still awaited; otherwise once the offers have come to rest. */
  opensOn: z.iso.date().optional(),
  /** Posts that somebody may choose at most. */
  limit: z.int().min(1).max(50),
  /** What who takes part agrees to. */
  consent: Texts,
  ...provenance,
});
