import * as z from 'zod';
import { ChangedItem, Granted } from '#shared/domain/claim.ts';

/** What an upheld claim grants; whose card it was stays with the committee. */
export const CorrectedAnswer = z.object({
  ...Granted.shape,
  items: z.array(ChangedItem.omit({ raterId: true })).optional(),
});
