import * as z from 'zod';
import { Texts } from '#shared/domain/texts.ts';

/** A question that every applicant is asked alike, and what an answer is worth; for the committee alone until it is asked. */
const KitQuestion = z.strictObject({
  ask: Texts,
  /** What is heard in an answer that gets these points of the scale. */
  anchors: z
    .array(z.strictObject({ points: z.number(), text: Texts }))
    .max(30)
    .optional(),
});
export type KitQuestion = z.infer<typeof KitQuestion>;

/** What a criterion of the interview has besides. */
export const kit = { questions: z.array(KitQuestion).min(1).max(10).optional() };
