import * as z from 'zod';

/** One text in the three languages of the pages. All three, always: a page never falls back to another language. */
export const Texts = z.strictObject({
  kk: z.string().trim().min(1).max(4000),
  ru: z.string().trim().min(1).max(4000),
  en: z.string().trim().min(1).max(4000),
});
export type Texts = z.infer<typeof Texts>;
