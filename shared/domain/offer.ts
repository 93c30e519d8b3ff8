import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Candidacy, CandidacyEvent, Offer, OfferStatus } from '#shared/domain/candidacy.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { DeclineReason } from '#shared/domain/decline-reason.ts';
import { goneWith } from '#shared/domain/elsewhere-gone.ts';
import { type Exchanged, isChosenAnew, isStaying } from '#shared/domain/exchange.ts';
import { heldAnswerOf, isHeldAs } from '#shared/domain/held-answer.ts';
import type { OfferId, PlacementId, VacancyCode } from '#shared/domain/ids.ts';
import { type Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CandidacyEvent[], Refusal>;

/**
 * Makes an offer. Each post is offered to a person once: what was declined or has lapsed is not offered again unless the person chose it
 * anew in the exchange, and who has accepted or withdrawn is offered nothing.
 */
export const makeOffer = (
  candidacy: Candidacy,
  {
    id,
    vacancy,
    expiresAt,
    reserve,
    ...exchanged
  }: {
    id: OfferId;
    vacancy: VacancyCode;
    expiresAt: Instant;
    reserve?: string | undefined;
  } & Exchanged,
  now: Instant,
): Decision => {
  if (!isStaying(candidacy)) return refuse({ kind: 'not-in-stage' });
  const before = candidacy.offers.find(
    (offer) => isTaken(offer) || (offer.vacancy === vacancy && !isChosenAnew(candidacy, offer, exchanged)),
  );
  if (before) return ended(before.status);
  const kept = reserve === undefined ? {} : { reserve };
  return ok([{ type: 'offer-made', at: now, offer: id, vacancy, expiresAt, ...kept }]);
};

/** What an answer is about. `zone` is the round's, for the deadline that a refusal names. */
export type Answered = { offer: OfferId; zone: string };

/**
 * Accepts an offer and closes the person's other open ones. The deadline itself is already too late, unless the same answer is kept
 * since before (`held-answer.ts`). Accepting again changes nothing; an offer that was declined, has lapsed or was closed is refused as `offer-ended`.
 */
export const acceptOffer = (
  candidacy: Candidacy,
  { offer: id, zone, placement, ahead }: Answered & { placement: PlacementId; ahead?: Instant | undefined },
  now: Instant,
): Decision => {
  const offer = offerOf(candidacy, id);
  if (offer?.status === 'accepted') return ok([]);
  const open = unanswered(offer, { zone, kind: 'accepted' }, now);
  if (!open.ok) return open;
  const accepted = {
    type: 'offer-accepted',
    at: now,
    offer: id,
    placement,
    ...(ahead && { ahead }),
  } as const;
  return ok([accepted, ...othersClosed(candidacy, id, now)]);
};

/**
 * Accepts an offer on a condition of the round file and closes the person's other open ones. The post is theirs once somebody confirms
 * that the condition is fulfilled; it goes to the next person at `expiresAt`. The same condition again changes nothing.
 */
export const acceptConditionally = (
  candidacy: Candidacy,
  { offer: id, zone, condition, expiresAt }: Answered & { condition: string; expiresAt: Instant },
  now: Instant,
): Decision => {
  const offer = offerOf(candidacy, id);
  if (offer?.status === 'open' && offer.condition?.code === condition) return ok([]);
  const open = unanswered(offer, { zone, kind: 'accepted-conditionally', condition }, now);
  if (!open.ok) return open;
  const accepted = {
    type: 'offer-accepted-conditionally',
    at: now,
    offer: id,
    condition,
    expiresAt,
  } as const;
  return ok([accepted, ...othersClosed(candidacy, id, now)]);
};

/** Confirms that the condition of an acceptance is fulfilled: from then on it is one like any other. Again changes nothing. */
export const confirmCondition = (
  candidacy: Candidacy,
  { offer: id, zone, placement }: Answered & { placement: PlacementId },
  now: Instant,
): Decision => {
  const offer = offerOf(candidacy, id);
  if (offer?.status === 'accepted') return ok([]);
  const open = answerable(offer, { zone, kind: 'condition-met' }, now);
  if (!open.ok) return open;
  if (!open.value.condition) return refuse({ kind: 'offer-ended', status: 'open' });
  return ok([{ type: 'offer-accepted', at: now, offer: id, placement }]);
};

/** Declines an offer for a reason. Declining again changes nothing. The person's other offers and wishes stay. */
export const declineOffer = (
  candidacy: Candidacy,
  { offer: id, zone, reason }: Answered & { reason: DeclineReason },
  now: Instant,
): Decision => {
  const offer = offerOf(candidacy, id);
  if (offer?.status === 'declined') return ok([]);
  const open = answerable(offer, { zone, kind: 'declined' }, now);
  if (!open.ok) return open;
  return ok([
    { type: 'offer-declined', at: now, offer: id, reason },
    ...goneWith(candidacy, open.value, now),
  ]);
};

/** Ends an offer that nobody answered in time; before its deadline, or once it was answered, also where that is kept, this changes nothing. */
export const lapseOffer = (candidacy: Candidacy, id: OfferId, now: Instant): CandidacyEvent[] => {
  const offer = offerOf(candidacy, id);
  if (offer?.status !== 'open' || now < offer.expiresAt || heldAnswerOf(offer)) return [];
  return [{ type: 'offer-lapsed', at: now, offer: id }, ...goneWith(candidacy, offer, now)];
};

/** Notes that the person was reminded; once, and only while there is something to answer. */
export const remindOfOffer = (candidacy: Candidacy, id: OfferId, now: Instant): CandidacyEvent[] => {
  const offer = offerOf(candidacy, id);
  if (offer?.status !== 'open' || offer.remindedAt || now >= offer.expiresAt || heldAnswerOf(offer))
    return [];
  return [{ type: 'offer-reminded', at: now, offer: id }];
};

/** Ends what is open because the round makes no offers any more. */
export const closeOffers = (candidacy: Candidacy, now: Instant): CandidacyEvent[] =>
  openOffers(candidacy).map(closing(now));

/** Ends a candidacy with its application: open and accepted offers are closed. Again changes nothing. */
export const withdrawCandidacy = (candidacy: Candidacy, now: Instant): CandidacyEvent[] => {
  if (candidacy.withdrawnAt) return [];
  const standing = candidacy.offers.filter(({ status }) => status === 'open' || status === 'accepted');
  return [...standing.map(closing(now)), { type: 'candidacy-withdrawn', at: now }];
};

/** Ends a candidacy whose post is released for a later intake: its offers are closed, and no other is made. Again changes nothing. */
export const deferCandidacy = (candidacy: Candidacy, entryUntil: string, now: Instant): CandidacyEvent[] => {
  if (candidacy.deferred) return [];
  const standing = candidacy.offers.filter(({ status }) => status === 'open' || status === 'accepted');
  return [...standing.map(closing(now)), { type: 'candidacy-deferred', at: now, entryUntil }];
};

/**
 * Another execution for an open offer whose own is gone.
 * @param ended the attempt that was found ended; when the offer is past it, somebody else restarted it already
 */
export const restartOffer = (
  candidacy: Candidacy,
  { offer: id, ended: attempt }: { offer: OfferId; ended: number },
  now: Instant,
): CandidacyEvent[] => {
  const offer = offerOf(candidacy, id);
  if (offer?.status !== 'open' || offer.attempt !== attempt) return [];
  return [{ type: 'offer-execution-restarted', at: now, offer: id, attempt: attempt + 1 }];
};

export const offerOf = (candidacy: Contender, id: OfferId): Offer | undefined =>
  candidacy.offers.find((offer) => offer.id === id);

export const openOffers = (candidacy: Contender): Offer[] =>
  candidacy.offers.filter(({ status }) => status === 'open');

/** The offer by which a person has a post. */
export const acceptedOffer = (candidacy: Contender): Offer | undefined =>
  candidacy.offers.find(({ status }) => status === 'accepted');

/** Whether somebody may still be offered a post, or another one. */
export const waitsForOffer = (candidacy: Contender): boolean =>
  isStaying(candidacy) && !acceptedOffer(candidacy);

type AnswerPlan = {
  timeZone: string;
  calendar: WorkingCalendar;
  answer: {
    workingDays: number;
    conditions?: readonly { code: string; workingDays: number }[] | undefined;
  };
};

/** Until when an offer made now may be answered: the end of the last of so many working days. */
export const answerBy = ({ timeZone, calendar, answer }: AnswerPlan, madeAt: Instant): Instant =>
  endOfDay(timeZone, addWorkingDays(dayAt(timeZone, madeAt), answer.workingDays, calendar));

/** Until when an offer that stands open is open: it is answered by then, or its condition is fulfilled. */
export const openUntil = (plan: AnswerPlan, offer: Pick<Offer, 'madeAt' | 'condition'>): Instant => {
  const { since, workingDays } = clockOf(plan, offer);
  return answerBy({ ...plan, answer: { workingDays } }, since);
};

/** When a reminder is due: nine in the morning of the working day before the last one. Undefined where that was already. */
export const remindAt = (
  plan: AnswerPlan,
  offer: Pick<Offer, 'madeAt' | 'condition'>,
): Instant | undefined => {
  const { timeZone, calendar } = plan;
  const { since, workingDays } = clockOf(plan, offer);
  const at = atHour(timeZone, addWorkingDays(dayAt(timeZone, since), workingDays - 1, calendar), morning);
  return at > since ? at : undefined;
};

/** What an open offer waits for: its answer, or its condition. */
const clockOf = (
  { answer }: AnswerPlan,
  { madeAt, condition }: Pick<Offer, 'madeAt' | 'condition'>,
): { since: Instant; workingDays: number } => {
  if (!condition) return { since: madeAt, workingDays: answer.workingDays };
  const days = answer.conditions?.find(({ code }) => code === condition.code)?.workingDays;
  return { since: condition.acceptedAt, workingDays: days ?? answer.workingDays };
};

type Answer = { zone: string } & Parameters<typeof isHeldAs>[1];

/** One that waits for an answer, also for one on a condition. */
const unanswered = (offer: Offer | undefined, answer: Answer, now: Instant): Result<Offer, Refusal> => {
  const open = answerable(offer, answer, now);
  return open.ok && open.value.condition ? refuse({ kind: 'offer-ended', status: 'conditional' }) : open;
};

/** Whoever accepts one has answered all. */
export const othersClosed = (candidacy: Candidacy, id: OfferId, now: Instant): CandidacyEvent[] =>
  openOffers(candidacy)
    .filter((other) => other.id !== id)
    .map(closing(now));

const answerable = (
  offer: Offer | undefined,
  { zone, ...answer }: Answer,
  now: Instant,
): Result<Offer, Refusal> => {
  if (!offer) return refuse({ kind: 'not-found', what: 'offer' });
  if (offer.status !== 'open') return ended(offer.status);
  const isInTime = now < offer.expiresAt || isHeldAs(offer, answer);
  return isInTime ? ok(offer) : refuse({ kind: 'too-late', closesAt: offer.expiresAt, zone, of: 'offers' });
};

/** Accepted, for good or on a condition. */
const isTaken = ({ status, condition }: Offer): boolean =>
  status === 'accepted' || (status === 'open' && condition !== undefined);

const ended = (status: OfferStatus): Result<never, Refusal> => refuse({ kind: 'offer-ended', status });

const closing =
  (at: Instant) =>
  ({ id: offer }: Offer): CandidacyEvent => ({ type: 'offer-closed', at, offer });
