import * as z from 'zod';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** One more rating that was asked of an application because it stood near the line: when, and the text that it followed from. */
export const FurtherAsked = z.object({ at: Instant, basis: Sha256 });
type FurtherAsked = z.infer<typeof FurtherAsked>;

/** `basis`: SHA-256 of the standings with their errors from which the group followed. */
export const FurtherRatingAsked = FurtherAsked.extend({
  type: z.literal('further-rating-asked'),
  rater: PersonId,
});

/** One more rating, asked for a group near the line: when, from which text it followed, and for how many applications. */
export type FurtherTurn = { at: Instant; basis: Sha256; applications: number };

/** The turns of a round so far, oldest first. */
export const turnsIn = (
  candidacies: readonly { further?: readonly FurtherAsked[] | undefined }[],
): FurtherTurn[] => {
  const turns = new Map<Sha256, FurtherTurn>();
  for (const { at, basis } of candidacies.flatMap(({ further = [] }) => further)) {
    const before = turns.get(basis);
    const first = before && before.at < at ? before.at : at;
    turns.set(basis, { at: first, basis, applications: (before?.applications ?? 0) + 1 });
  }
  return [...turns.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
};
