import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** A card that its rater saved and has not given: it counts nowhere, and nobody else reads it. */
export const CardDraft = z.object({
  raterId: PersonId,
  /** Of a scorecard, where interviews have several. */
  station: z.string().optional(),
  /** What is filled in so far. */
  card: DocumentRef,
  /** Goes on from the version of the card that was given before. */
  version: z.int().min(1),
  at: Instant,
});
export type CardDraft = z.infer<typeof CardDraft>;
