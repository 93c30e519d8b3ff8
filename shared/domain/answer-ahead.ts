import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { type Exchanged, isStaying, wishesOf } from '#shared/domain/exchange.ts';
import type { OfferId, PlacementId } from '#shared/domain/ids.ts';
import { acceptedOffer, offerOf, openOffers, othersClosed } from '#shared/domain/offer.ts';
import { mayBeOffered, type Prospects } from '#shared/domain/offer-prospect.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * What somebody says in advance: which offers they accept if they cannot answer in time (ANCHORS 68). It counts at the deadline alone, where the
 * offer would else lapse: until then everything can be answered otherwise, and a better offer can still come.
 */

type Decision = Result<CandidacyEvent[], Refusal>;

/** How the wishes stand, and the round's zone for the deadline that a refusal names. */
type Said = Exchanged & { zone: string };

/**
 * Says that an offer of one of the first so many posts of the own list is accepted if it is not answered in time. The same again changes
 * nothing, and another number takes its place. Refused as `invalid` at `upTo` where the list has no such place, as `too-late` while an offer
 * is accepted by what was said before, and as `no-offer-to-come` where none of the list is open nor can come.
 */
export const sayAhead = (
  candidacy: Candidacy,
  { upTo, ...said }: Said & Prospects & { upTo: number },
  now: Instant,
): Decision => {
  if (!isStaying(candidacy) || acceptedOffer(candidacy)) return refuse({ kind: 'not-in-stage' });
  if (!mayBeOffered(candidacy, said)) return refuse({ kind: 'no-offer-to-come' });
  const { choices } = candidacy.facts;
  if (!Number.isInteger(upTo) || upTo < 1 || upTo > choices.length) {
    return refuse({ kind: 'invalid', faults: [{ place: 'upTo', message: 'waiting.ahead.error.upTo' }] });
  }
  if (candidacy.ahead?.vacancies.length === upTo) return ok([]);
  return (
    counted(candidacy, said, now) ??
    ok([{ type: 'answer-said-ahead', at: now, vacancies: choices.slice(0, upTo) }])
  );
};

/** Takes it back: what is not answered in time lapses. Again changes nothing; refused as `too-late` while an offer is accepted by it. */
export const takeBackAhead = (candidacy: Candidacy, said: Said, now: Instant): Decision => {
  if (!candidacy.ahead) return ok([]);
  return counted(candidacy, said, now) ?? ok([{ type: 'answer-ahead-taken-back', at: now }]);
};

/** At the deadline it has counted, also where the machine that accepts is late: neither a change of mind nor of the number undoes that. */
const counted = (candidacy: Candidacy, { zone, ...exchanged }: Said, now: Instant) => {
  const due = openOffers(candidacy).find(
    (offer) => offer.expiresAt <= now && isAnsweredAhead(candidacy, offer, exchanged),
  );
  return due && refuse({ kind: 'too-late' as const, closesAt: due.expiresAt, zone, of: 'offers' as const });
};

/**
 * Whether an open offer is accepted at its deadline as things stand. Not while a better one is open of which the same was said, by the wishes that
 * count now: that one counts then, and this one lapses.
 */
export const isAnsweredAhead = (
  candidacy: Candidacy,
  offer: Offer,
  { exchangedAt }: Pick<Exchanged, 'exchangedAt'>,
): boolean => {
  if (!isStaying(candidacy) || !isSaidOf(candidacy, offer)) return false;
  const wishes = wishesOf(candidacy, exchangedAt);
  const better = new Set(wishes.slice(0, Math.max(0, wishes.indexOf(offer.vacancy))));
  return !openOffers(candidacy).some((other) => better.has(other.vacancy) && isSaidOf(candidacy, other));
};

/** Whether something was said of it before its deadline; an acceptance that waits for its condition was answered, and so was what a check holds; one whose lapse it holds is over. */
const isSaidOf = (
  { ahead }: Candidacy,
  { status, condition, vacancy, expiresAt, held, lapseHeldAt }: Offer,
): boolean =>
  ahead !== undefined &&
  status === 'open' &&
  !condition &&
  held?.answer.kind !== 'declined' &&
  lapseHeldAt === undefined &&
  ahead.saidAt < expiresAt &&
  ahead.vacancies.includes(vacancy);

/** Accepts an offer at its deadline by what was said in advance, and closes the others; nothing before, or where nothing was said of it. */
export const acceptAhead = (
  candidacy: Candidacy,
  { offer: id, placement, ...exchanged }: Exchanged & { offer: OfferId; placement: PlacementId },
  now: Instant,
): CandidacyEvent[] => {
  const offer = offerOf(candidacy, id);
  if (!offer || now < offer.expiresAt || !candidacy.ahead) return [];
  if (!isAnsweredAhead(candidacy, offer, exchanged)) return [];
  const { saidAt } = candidacy.ahead;
  return [
    { type: 'offer-accepted', at: now, offer: id, placement, ahead: saidAt },
    ...othersClosed(candidacy, id, now),
  ];
};
