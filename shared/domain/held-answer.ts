import type { Candidacy, CandidacyEvent, Offer } from '#shared/domain/candidacy.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { OfferId } from '#shared/domain/ids.ts';
import type { GivenAnswer } from '#shared/domain/offer-events.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

/*
 * An answer in time that the checker held because the system's own records do not fit together (`answer-check.ts`). Nobody loses by that what they
 * answered in time: the offer does not lapse, and what is kept can be given after its deadline too.
 */

type Held = Pick<Offer, 'status' | 'held'>;
type HeldLapse = Pick<Offer, 'status' | 'lapseHeldAt'>;

/** What was answered to an open offer and could not be stored yet. */
export const heldAnswerOf = ({ status, held }: Held): Offer['held'] => (status === 'open' ? held : undefined);

/** Since when an offer should have lapsed whose lapse could not be stored: nothing of it is answered any more, and nobody else waits for it. */
export const heldLapseOf = ({ status, lapseHeldAt }: HeldLapse): Instant | undefined =>
  status === 'open' ? lapseHeldAt : undefined;

/** Notes, once, that an offer whose time is over cannot lapse yet. */
export const holdLapse = (offer: Pick<Offer, 'id'> & HeldLapse, now: Instant): CandidacyEvent[] =>
  heldLapseOf(offer) ? [] : [{ type: 'lapse-held', at: now, offer: offer.id }];

/** Whether the checker holds the end of an offer, by an answer or by its deadline: that part waits, and the rest of the round goes on. */
export const isHeldEnd = (offer: Held & HeldLapse): boolean =>
  heldAnswerOf(offer) !== undefined || heldLapseOf(offer) !== undefined;

/** Keeps an answer that was decided to be right and in time. The same again changes nothing; another one takes its place. */
export const holdAnswer = (offer: Offer, answer: GivenAnswer, now: Instant): CandidacyEvent[] => {
  const before = heldAnswerOf(offer)?.answer;
  if (before && canonicalJson(before) === canonicalJson(answer)) return [];
  return [{ type: 'answer-held', at: now, offer: offer.id, answer }];
};

/** Whether this very answer is kept, so that its deadline is none any more. */
export const isHeldAs = (
  offer: Offer,
  answer: Pick<GivenAnswer, 'kind'> & { condition?: string },
): boolean => {
  const held = heldAnswerOf(offer)?.answer;
  if (held?.kind !== answer.kind) return false;
  return held.kind !== 'accepted-conditionally' || held.condition === answer.condition;
};

/** How long the machine of an offer waits until it gives what is kept once more. */
const againAfterSeconds = 3600;

/** When what is kept since, or was tried again, is tried the next time. */
export const heldUntil = (tried: Instant): Instant => addSeconds(tried, againAfterSeconds);

/** When the end of an offer that the checker holds is tried the next time, if nobody did since; undefined where it holds none. */
export const triedAgainAt = (offer: Held & HeldLapse): Instant | undefined => {
  const since = heldAnswerOf(offer)?.at ?? heldLapseOf(offer);
  return since && heldUntil(since);
};

/** Whether another acceptance of the same person is kept since: by that one this offer closes. */
export const isOvertaken = ({ offers }: Pick<Candidacy, 'offers'>, id: OfferId): boolean => {
  const own = offers.find((offer) => offer.id === id);
  const since = own && isAcceptance(own) ? heldAnswerOf(own)?.at : undefined;
  return (
    since !== undefined &&
    offers.some((other) => other.id !== id && isAcceptance(other) && (heldAnswerOf(other)?.at ?? '') > since)
  );
};

const isAcceptance = (offer: Offer): boolean => {
  const kind = heldAnswerOf(offer)?.answer.kind;
  return kind === 'accepted' || kind === 'accepted-conditionally';
};
