import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

export const CalledOff = z.object({ at: Instant, reason: DocumentRef });

/** What a booking takes the place of: a time that the committee could not keep, so that another one is owed, or one that was missed. */
export const Replaced = z.object({ calledOff: CalledOff.optional(), missed: SlotId.optional() });
export type Replaced = z.infer<typeof Replaced>;

const InterviewBooked = z.object({
  type: z.literal('interview-booked'),
  at: Instant,
  slot: SlotId,
  /** Older bookings have none. */
  replaces: Replaced.optional(),
  /** Cards had been given of the time that was missed: of this one they say nothing. Before 28 November 2026 they went on counting. */
  anew: z.literal(true).optional(),
});

/** By the applicant; by the committee, which could not keep it, with a reason. */
const InterviewCancelled = z.object({
  type: z.literal('interview-cancelled'),
  at: Instant,
  slot: SlotId,
  reason: DocumentRef.optional(),
  /** Called off after its beginning: whoever did so said that it was not held to its end. Before 28 November 2026 nobody was asked. */
  notHeld: z.literal(true).optional(),
});

/** One of its stations has another time or another panel; the slot says which. */
const InterviewMoved = z.object({
  type: z.literal('interview-moved'),
  at: Instant,
  slot: SlotId,
  station: z.string(),
});

export const bookingEvents = [InterviewBooked, InterviewCancelled, InterviewMoved] as const;

type Booking = {
  slotId?: SlotId | undefined;
  missedInterview: boolean;
  calledOff?: z.infer<typeof CalledOff> | undefined;
  replaced?: Replaced | undefined;
  scorecards: readonly unknown[];
};

/** A booking, with what comes back where it is given up. */
export const bookedEvent = (before: Booking, slot: SlotId, at: Instant): z.infer<typeof InterviewBooked> => {
  const replaces = replacedBy(before);
  const anew = before.missedInterview && before.scorecards.length > 0 && { anew: true as const };
  return { type: 'interview-booked', at, slot, ...(replaces && { replaces }), ...anew };
};

/** A booking that moves takes the place of what the former one did. */
const replacedBy = ({ slotId, missedInterview, calledOff, replaced }: Booking): Replaced | undefined => {
  if (slotId === undefined) return calledOff && { calledOff };
  return missedInterview ? { missed: slotId } : replaced;
};
