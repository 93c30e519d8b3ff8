import type { PersonId, RoundId } from '#shared/domain/ids.ts';

/**
 * The claim that lets a person take part in a round in one way: with one application, whose id is its value, or on the
 * committee. So nobody judges where they apply, whichever came first and however close.
 */
export const partInRound = (roundId: RoundId, personId: PersonId): string =>
  `application-of#${roundId}#${personId}`;

/** The value while the person sits, or has sat, on the committee: who has judged does not apply afterwards. */
export const asCommittee = 'committee';
