import * as z from 'zod';
import { Candidacy, heldEvents } from '#shared/domain/candidacy.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { type HeldEvent, heldThen, isHeldEvent } from '#shared/domain/held-interview.ts';
import { ApplicationId, ApplicationNumber, ClaimId, PersonId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** What found that an interview is owed: a claim that was upheld, or a correction of results that was applied. */
export const FoundBy = z.union([z.object({ claim: ClaimId }), z.object({ correction: z.int().min(1) })]);
export type FoundBy = z.infer<typeof FoundBy>;

const asked = {
  applicationId: ApplicationId,
  roundId: RoundId,
  number: ApplicationNumber,
  found: FoundBy,
  by: PersonId,
  reason: DocumentRef,
};

/**
 * An interview that somebody was owed and never got, held after its stage (ANCHORS B10); its id is the application's. What one person
 * asks for another one grants. The timetable of the stage stays as it was: the time is a slot of its own, and the cards lie here.
 */
export const OwedInterview = z.object({
  ...asked,
  at: Instant,
  /** `granted` has no time yet, or none any more; `counted` is in the results. */
  status: z.enum(['waiting', 'refused', 'granted', 'planned', 'counted']),
  ended: z.object({ by: PersonId, at: Instant, reason: DocumentRef.optional() }).optional(),
  slotId: SlotId.optional(),
  /** Times that could not be kept, the oldest first. */
  cancelled: z.array(z.object({ at: Instant, slot: SlotId, reason: DocumentRef })),
  ...Candidacy.pick({ scorecards: true, scorecardDrafts: true, notes: true, missedInterview: true }).shape,
  /** The correction of results that the total came in by. */
  counted: z.object({ at: Instant, correction: z.int().min(1), total: z.number() }).optional(),
});
export type OwedInterview = z.infer<typeof OwedInterview>;

const answer = { at: Instant, by: PersonId };

export const OwedInterviewEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('owed-interview-asked'), at: Instant, ...asked }),
  z.object({ type: z.literal('owed-interview-granted'), ...answer }),
  z.object({ type: z.literal('owed-interview-refused'), ...answer, reason: DocumentRef }),
  z.object({ type: z.literal('owed-interview-planned'), at: Instant, slot: SlotId }),
  /** The time could not be kept, or was missed for a good reason; another one is owed as before. */
  z.object({
    type: z.literal('owed-interview-cancelled'),
    at: Instant,
    slot: SlotId,
    reason: DocumentRef,
    /** As of `interview-cancelled`. */
    notHeld: z.literal(true).optional(),
  }),
  ...heldEvents,
  z.object({
    type: z.literal('owed-interview-counted'),
    at: Instant,
    correction: z.int().min(1),
    total: z.number(),
  }),
  /** The correction was taken back: the cards stand, and can be counted again. */
  z.object({ type: z.literal('owed-interview-uncounted'), at: Instant, correction: z.int().min(1) }),
]);
export type OwedInterviewEvent = z.infer<typeof OwedInterviewEvent>;

/** All of a round, by application number. */
export const owedInterviewsOf = (roundId: RoundId): string => `OWED-INTERVIEWS#${roundId}`;

/** How events change an interview that was owed. */
export const owedInterviewAggregate: Aggregate<OwedInterview, OwedInterviewEvent> = {
  name: 'owed-interview',
  event: OwedInterviewEvent,
  snapshot: OwedInterview,
  evolve: (owed, event) => {
    if (event.type === 'owed-interview-asked') {
      const { type: _type, ...said } = event;
      return { ...said, status: 'waiting', cancelled: [], scorecards: [], missedInterview: false };
    }
    if (!owed) throw new Error(`An interview that is owed cannot begin with ${event.type}.`);
    return isHeldEvent(event) ? heldThen(owed, event) : owedThen(owed, event);
  },
  lists: ({ roundId, number }) => ({ list: { key: owedInterviewsOf(roundId), sort: number } }),
};

type OwnEvent = Exclude<OwedInterviewEvent, HeldEvent | { type: 'owed-interview-asked' }>;

const owedThen = (owed: OwedInterview, event: OwnEvent): OwedInterview => {
  switch (event.type) {
    case 'owed-interview-granted':
      return { ...owed, status: 'granted', ended: { by: event.by, at: event.at } };
    case 'owed-interview-refused': {
      const { by, at, reason } = event;
      return { ...owed, status: 'refused', ended: { by, at, reason } };
    }
    case 'owed-interview-planned':
      return { ...owed, status: 'planned', slotId: event.slot };
    case 'owed-interview-cancelled': {
      const { slotId: _before, ...rest } = owed;
      const { at, slot, reason } = event;
      const cancelled = [...owed.cancelled, { at, slot, reason }];
      return { ...rest, status: 'granted', missedInterview: false, cancelled };
    }
    case 'owed-interview-counted': {
      const { at, correction, total } = event;
      return { ...owed, status: 'counted', counted: { at, correction, total } };
    }
    case 'owed-interview-uncounted': {
      const { counted: _before, ...rest } = owed;
      return { ...rest, status: 'planned' };
    }
    default:
      return event satisfies never;
  }
};
