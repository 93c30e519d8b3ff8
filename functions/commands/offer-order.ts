import { standingListOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { countedEditions, type ResultsEdition } from '#shared/domain/edition.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { type OfferOrder, offerOrder } from '#shared/domain/offer-order.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Records } from '#shared/ports/records.ts';

/** A round whose results may be final. */
export type Ordered = Pick<GatedRound, 'decisions'> & { editions?: readonly ResultsEdition[] | undefined };

/** The final results that offers went by, the first first; none before they were decided. */
export const offerLists = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
): Promise<readonly StandingList[]> => {
  const decided = await decidedList(records, round, 'claims');
  if (!decided) return [];
  const later = countedEditions(round).map(({ decision }) => standingListOf(records, decision));
  return [decided, ...(await Promise.all(later))];
};

export const offerOrderOf = async (records: Pick<Records, 'blob'>, round: Ordered): Promise<OfferOrder> =>
  offerOrder((await offerLists(records, round)).map(({ standings }) => standings));

/** The list that offers go by now. */
export const offersGoBy = (round: Ordered): Sha256 | undefined =>
  countedEditions(round).at(-1)?.decision ?? round.decisions.claims;
