import type { Contender } from '#shared/domain/contender.ts';
import { type Exchanged, isChosenAnew, wishesOf } from '#shared/domain/exchange.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { openOffers, waitsForOffer } from '#shared/domain/offer.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** How somebody stands in the final results, and the posts of the round. */
export type Prospects = Exchanged & { goesOn: boolean; vacancies: readonly Vacancy[] };

/**
 * Whether an offer of one of the own choices is open, or may still come: to whoever goes on by the results as they stand, of a post whose subject
 * they teach and that they were not offered yet.
 */
export const mayBeOffered = (
  candidacy: Contender,
  { goesOn, vacancies, ...exchanged }: Prospects,
): boolean => {
  if (!waitsForOffer(candidacy)) return false;
  const { choices } = candidacy.facts;
  if (openOffers(candidacy).some(({ vacancy }) => choices.includes(vacancy))) return true;
  if (!goesOn) return false;
  const byCode = new Map<VacancyCode, Vacancy>(vacancies.map((one) => [one.code, one]));
  const asked = new Set(
    candidacy.offers
      .filter((offer) => !isChosenAnew(candidacy, offer, exchanged))
      .map(({ vacancy }) => vacancy),
  );
  return wishesOf(candidacy, exchanged.exchangedAt).some(
    (code) => choices.includes(code) && !asked.has(code) && isAcceptable(candidacy, byCode.get(code)),
  );
};
