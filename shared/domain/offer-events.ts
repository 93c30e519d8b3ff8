import * as z from 'zod';
import { DeclineReason } from '#shared/domain/decline-reason.ts';
import { OfferId, PlacementId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';

/** Posts of which an offer is accepted at its deadline if it is not answered: the first so many of the own list (`answer-ahead.ts`). */
export const AnswerAhead = z.object({ saidAt: Instant, vacancies: z.array(VacancyCode).min(1) });

/** What was answered to an offer, or confirmed of it. */
export const GivenAnswer = z.discriminatedUnion('kind', [
  /** `ahead`: at the deadline, by what was said then. */
  z.object({ kind: z.literal('accepted'), ahead: Instant.optional() }),
  z.object({ kind: z.literal('accepted-conditionally'), condition: z.string() }),
  z.object({ kind: z.literal('declined'), reason: DeclineReason }),
  z.object({ kind: z.literal('condition-met') }),
]);
export type GivenAnswer = z.infer<typeof GivenAnswer>;

/** An answer in time that the checker held: received, and given once the records fit (`held-answer.ts`). */
export const HeldAnswer = z.object({ at: Instant, answer: GivenAnswer });

/** What the checker holds of the end of an offer; only while it is open. */
export const HeldEnd = z.object({
  held: HeldAnswer.optional(),
  /** When it should have lapsed. */
  lapseHeldAt: Instant.optional(),
});

const offerEvent = { at: Instant, offer: OfferId, turn: Turn };

/** Events of a candidacy that are about one of its offers, or the answers to all. */
export const offerEvents = [
  z.object({
    type: z.literal('offer-made'),
    ...offerEvent,
    vacancy: VacancyCode,
    expiresAt: Instant,
    /** The quota that keeps posts, where by rank alone this one would have been another's. */
    reserve: z.string().optional(),
  }),
  z.object({
    type: z.literal('offer-accepted'),
    ...offerEvent,
    placement: PlacementId,
    /** At the deadline, by what the applicant had said then; else they pressed themselves. */
    ahead: Instant.optional(),
  }),
  /** Fulfilled before `expiresAt`, it is accepted; until then the seat is held. */
  z.object({
    type: z.literal('offer-accepted-conditionally'),
    ...offerEvent,
    condition: z.string(),
    expiresAt: Instant,
  }),
  z.object({ type: z.literal('offer-declined'), ...offerEvent, reason: DeclineReason }),
  /** In time, and kept: the checker found that the records do not fit together. No seat is changed by it. */
  z.object({ type: z.literal('answer-held'), ...offerEvent, answer: GivenAnswer }),
  /** Its time is over, and the checker found that the records do not fit together: it stays open, with its seat, until they do. */
  z.object({ type: z.literal('lapse-held'), ...offerEvent }),
  z.object({ type: z.literal('offer-reminded'), ...offerEvent }),
  /** The execution was missing and another one was asked for. */
  z.object({ type: z.literal('offer-execution-restarted'), ...offerEvent, attempt: z.int() }),
  z.object({ type: z.literal('offer-lapsed'), ...offerEvent }),
  z.object({ type: z.literal('offer-closed'), ...offerEvent }),
  z.object({ type: z.literal('answer-said-ahead'), at: Instant, vacancies: AnswerAhead.shape.vacancies }),
  z.object({ type: z.literal('answer-ahead-taken-back'), at: Instant }),
] as const;
