import { hmacOf } from '#shared/domain/hash.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';

/** The name of the secret of a round under which its raters are coded. */
export const raterSecret = (roundId: RoundId): string => `raters#${roundId}`;

/**
 * R1, R2, … in the order of an HMAC. Ids of people are few and known, so without the secret nobody computes whose code it is, and the order
 * says nothing of the seats.
 * @param raters all of a round, whatever the reader may see: then a code is the same person for every reader
 */
export const raterCodes = (secret: string, raters: Iterable<PersonId>): Map<PersonId, string> => {
  const lots = [...new Set(raters)].map((rater) => ({ rater, lot: hmacOf(secret, rater) }));
  const order = lots.toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  return new Map(order.map(({ rater }, index) => [rater, `R${index + 1}`]));
};
