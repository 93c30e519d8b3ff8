import * as z from 'zod';

/** How much a text may say, in words. */
export const WordLimits = z.strictObject({
  minimum: z.int().min(0).max(1000),
  maximum: z.int().min(1).max(2000),
});
export type WordLimits = z.infer<typeof WordLimits>;
