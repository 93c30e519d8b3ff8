import * as z from 'zod';
import { Texts } from '#shared/domain/texts.ts';

/** A question that every applicant is asked alike, and what an answer is worth; for the committee alone until it is asked. */
export const KitQuestion = z.strictObject({
  ask: Texts,
  /** What is heard in an answer that gets these points of the scale. */
  anchors: z
    .array(z.strictObject({ points: z.number(), text: Texts }))
    .max(30)
    .optional(),
});
export type KitQuestion = z.infer<typeof KitQuestion>;
