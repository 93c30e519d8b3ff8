import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { isStaying } from '#shared/domain/exchange.ts';
import type { OfferId, PlacementId } from '#shared/domain/ids.ts';
import { acceptedOffer, offerOf, openOffers, othersClosed } from '#shared/domain/offer.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * What somebody says in advance: which offers they accept if they cannot answer in time (ANCHORS 68). It counts at the deadline alone, where the
 * offer would else lapse: until then everything can be answered otherwise, and a better offer can still come.
 */

type Decision = Result<CandidacyEvent[], Refusal>;

/**
 * Says that an offer of one of the first so many posts of the own list is accepted if it is not answered in time. The same again changes
 * nothing, and another number takes its place. Refused as `invalid` at `upTo` where the list has no such place.
 */
export const sayAhead = (candidacy: Candidacy, upTo: number, now: Instant): Decision => {
  if (!isStaying(candidacy) || acceptedOffer(candidacy)) return refuse({ kind: 'not-in-stage' });
  const { choices } = candidacy.facts;
  if (!Number.isInteger(upTo) || upTo < 1 || upTo > choices.length) {
    return refuse({ kind: 'invalid', faults: [{ place: 'upTo', message: 'waiting.ahead.error.upTo' }] });
  }
  if (candidacy.ahead?.vacancies.length === upTo) return ok([]);
  return ok([{ type: 'answer-said-ahead', at: now, vacancies: choices.slice(0, upTo) }]);
};

/** Takes it back: what is not answered in time lapses. Again changes nothing. */
export const takeBackAhead = (candidacy: Candidacy, now: Instant): CandidacyEvent[] =>
  candidacy.ahead ? [{ type: 'answer-ahead-taken-back', at: now }] : [];

/**
 * Whether an open offer is accepted at its deadline as things stand. Not while a better one is open: that one counts then, and this one
 * lapses; nor where it was said once the deadline was over, or an acceptance waits for its condition.
 */
export const isAnsweredAhead = (candidacy: Candidacy, offer: Offer): boolean => {
  const { ahead } = candidacy;
  if (!ahead || offer.status !== 'open' || offer.condition || ahead.saidAt >= offer.expiresAt) return false;
  const place = ahead.vacancies.indexOf(offer.vacancy);
  const better = new Set(ahead.vacancies.slice(0, Math.max(0, place)));
  return (
    place !== -1 && isStaying(candidacy) && !openOffers(candidacy).some(({ vacancy }) => better.has(vacancy))
  );
};

/** Accepts an offer at its deadline by what was said in advance, and closes the others; nothing before, or where nothing was said of it. */
export const acceptAhead = (
  candidacy: Candidacy,
  { offer: id, placement }: { offer: OfferId; placement: PlacementId },
  now: Instant,
): CandidacyEvent[] => {
  const offer = offerOf(candidacy, id);
  if (!offer || now < offer.expiresAt || !candidacy.ahead || !isAnsweredAhead(candidacy, offer)) return [];
  const { saidAt } = candidacy.ahead;
  return [
    { type: 'offer-accepted', at: now, offer: id, placement, ahead: saidAt },
    ...othersClosed(candidacy, id, now),
  ];
};
