import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationId, OfferId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * The seats of one vacancy in one round. Its version is a condition of every offer and every answer, so that two at once can
 * never take one seat. Who sits on it is said by the candidacy; here are offers only.
 */
const Seats = z.object({
  roundId: RoundId,
  vacancy: VacancyCode,
  /** Posts of the pinned register, or of a change that two people made. */
  capacity: z.int().min(0),
  /** An open offer holds its seat; an accepted one has it. */
  taken: z.array(
    z.object({ offer: OfferId, applicationId: ApplicationId, status: z.enum(['held', 'accepted']) }),
  ),
});
export type Seats = z.infer<typeof Seats>;

const SeatsEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('seats-counted'),
    at: Instant,
    roundId: RoundId,
    vacancy: VacancyCode,
    capacity: z.int(),
  }),
  z.object({
    type: z.literal('seat-held'),
    at: Instant,
    offer: OfferId,
    applicationId: ApplicationId,
  }),
  z.object({ type: z.literal('seat-taken'), at: Instant, offer: OfferId }),
  z.object({ type: z.literal('seat-freed'), at: Instant, offer: OfferId }),
  z.object({ type: z.literal('seats-recounted'), at: Instant, capacity: z.int().min(0) }),
]);
export type SeatsEvent = z.infer<typeof SeatsEvent>;

/** Named by round and code, so that nothing has to be looked up. */
export const seatsId = (roundId: RoundId, vacancy: VacancyCode): string => `${roundId}.${vacancy}`;

type Place = { roundId: RoundId; vacancy: VacancyCode; capacity: number };

/** Holds a seat for an offer; refused as `changed-meanwhile` when others have taken the last one. */
export const holdSeat = (
  seats: Seats | undefined,
  place: Place,
  held: { offer: OfferId; applicationId: ApplicationId },
  now: Instant,
): Result<SeatsEvent[], Refusal> => {
  if ((seats?.taken.length ?? 0) >= place.capacity) return refuse({ kind: 'changed-meanwhile' });
  const counted: SeatsEvent[] = seats ? [] : [{ type: 'seats-counted', at: now, ...place }];
  return ok([...counted, { type: 'seat-held', at: now, ...held }]);
};

/** Gives the seat that an offer holds to whoever accepted it. An offer that holds none is refused as `changed-meanwhile`. */
export const takeSeat = (seats: Seats, offer: OfferId, now: Instant): Result<SeatsEvent[], Refusal> =>
  seats.taken.some((taken) => taken.offer === offer && taken.status === 'held')
    ? ok([{ type: 'seat-taken', at: now, offer }])
    : refuse({ kind: 'changed-meanwhile' });

/** Gives a seat back, held or accepted; one that was given back before changes nothing. */
export const freeSeat = (seats: Seats, offer: OfferId, now: Instant): SeatsEvent[] =>
  seats.taken.some((taken) => taken.offer === offer) ? [{ type: 'seat-freed', at: now, offer }] : [];

/** Another number of posts; refused as `seats-taken` below those that are held or accepted. */
export const recountSeats = (seats: Seats, capacity: number, now: Instant): Result<SeatsEvent[], Refusal> => {
  const taken = seats.taken.length;
  if (capacity < taken) return refuse({ kind: 'seats-taken', taken });
  return ok(capacity === seats.capacity ? [] : [{ type: 'seats-recounted', at: now, capacity }]);
};

export const seatsAggregate: Aggregate<Seats, SeatsEvent> = {
  name: 'vacancy',
  event: SeatsEvent,
  snapshot: Seats,
  evolve: (seats, event) => {
    if (event.type === 'seats-counted') {
      const { roundId, vacancy, capacity } = event;
      return { roundId, vacancy, capacity, taken: [] };
    }
    if (!seats) throw new Error(`The seats of a vacancy cannot begin with ${event.type}.`);
    return evolveSeats(seats, event);
  },
  lists: () => ({}),
};

const evolveSeats = (seats: Seats, event: Exclude<SeatsEvent, { type: 'seats-counted' }>): Seats => {
  switch (event.type) {
    case 'seat-held': {
      const { offer, applicationId } = event;
      return { ...seats, taken: [...seats.taken, { offer, applicationId, status: 'held' }] };
    }
    case 'seat-taken': {
      const taken = seats.taken.map((one) =>
        one.offer === event.offer ? { ...one, status: 'accepted' as const } : one,
      );
      return { ...seats, taken };
    }
    case 'seat-freed':
      return { ...seats, taken: seats.taken.filter(({ offer }) => offer !== event.offer) };
    case 'seats-recounted':
      return { ...seats, capacity: event.capacity };
    default:
      return event satisfies never;
  }
};
