import * as z from 'zod';
import { CompetenceEvent, evolveCompetences, ToldCompetence } from '#shared/domain/competence.ts';
import { Conflict, conflictEvents, conflictOf, evolveConflicts, isBarring } from '#shared/domain/conflict.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import {
  evolveGuests,
  Guest,
  type GuestEvent,
  guestEvents,
  isGuestEvent,
  sittingGuests,
} from '#shared/domain/guest.ts';
import { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { evolveTies, LookedThrough, TiesEvent } from '#shared/domain/ties.ts';
import { Instant } from '#shared/domain/time.ts';

export const SeatKind = z.enum(['chair', 'secretary', 'member', 'substitute']);
export type SeatKind = z.infer<typeof SeatKind>;

/** A person on a round's committee. Leaving ends the seat and deletes nothing that was done from it. */
const Seat = z.object({
  personId: PersonId,
  seat: SeatKind,
  appointedAt: Instant,
  leftAt: Instant.optional(),
  /** A substitute votes only for the member who is away. */
  standsInFor: PersonId.optional(),
});
export type Seat = z.infer<typeof Seat>;

/** The committee of one round; its id is the round's. */
export const Committee = z.object({
  roundId: RoundId,
  seats: z.array(Seat),
  conflicts: z.array(Conflict),
  /** Raters of other regions; absent until the first is invited. */
  guests: z.array(Guest).optional(),
  /** What members and guests can score; absent until the first has said it. */
  competences: z.array(ToldCompetence).optional(),
  /** Members whose disclosure was compared with every application; nobody where the round does not ask for it. */
  compared: z.array(PersonId).optional(),
  /** What applicants wrote of the committee, where the secretary has looked it through; absent before the first. */
  looked: z.array(LookedThrough).optional(),
});
export type Committee = z.infer<typeof Committee>;

export const CommitteeEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('seat-given'),
    at: Instant,
    roundId: RoundId,
    personId: PersonId,
    seat: SeatKind,
  }),
  z.object({ type: z.literal('seat-left'), at: Instant, personId: PersonId }),
  z.object({ type: z.literal('substitute-called'), at: Instant, personId: PersonId, standsInFor: PersonId }),
  z.object({ type: z.literal('substitute-released'), at: Instant, personId: PersonId }),
  CompetenceEvent,
  ...conflictEvents,
  TiesEvent,
  ...guestEvents,
]);
export type CommitteeEvent = z.infer<typeof CommitteeEvent>;

/** The role that a person needs in the region for a seat. */
export const roleOfSeat = (seat: SeatKind): Role => (seat === 'substitute' ? 'member' : seat);

/** The seat that a person holds now. */
export const seatOf = (committee: Committee | undefined, personId: PersonId): Seat | undefined =>
  committee?.seats.find((seat) => seat.personId === personId && seat.leftAt === undefined);

/** Who may vote now: chair and members, and a substitute instead of whom it stands in for. In the order of appointment. */
export const votersOf = (committee: Committee): PersonId[] => {
  const sitting = committee.seats.filter(({ leftAt }) => leftAt === undefined);
  const away = new Set(sitting.flatMap(({ standsInFor }) => standsInFor ?? []));
  return sitting
    .filter(({ seat, personId, standsInFor }) =>
      seat === 'substitute' ? standsInFor !== undefined : seat !== 'secretary' && !away.has(personId),
    )
    .map(({ personId }) => personId);
};

/** Whose disclosure is compared with applications: everybody with a seat, and guests who may score now. */
export const comparedOn = (committee: Committee, now: Instant): PersonId[] => [
  ...committee.seats.flatMap(({ personId, leftAt }) => (leftAt === undefined ? [personId] : [])),
  ...sittingGuests(committee, now).map(({ joined }) => joined.personId),
];

/** Whether a conflict of interest keeps a member away from an application: declared, found or pinned, and not cleared. */
export const inConflict = (
  committee: Committee | undefined,
  memberId: PersonId,
  applicationId: ApplicationId,
): boolean => {
  const conflict = committee && conflictOf(committee.conflicts, memberId, applicationId);
  return conflict !== undefined && isBarring(conflict);
};

/**
 * Whether points count that a member gave at a moment: not while a conflict keeps the member away, and not those from before it
 * was cleared, which would else come back unseen.
 */
export const pointsCount = (
  committee: Committee,
  { memberId, at }: { memberId: PersonId; at: Instant },
  applicationId: ApplicationId,
): boolean => {
  const conflict = conflictOf(committee.conflicts, memberId, applicationId);
  if (!conflict) return true;
  return !isBarring(conflict) && (conflict.liftedAt === undefined || at > conflict.liftedAt);
};

export const committeeAggregate: Aggregate<Committee, CommitteeEvent> = {
  name: 'committee',
  event: CommitteeEvent,
  snapshot: Committee,
  evolve: (committee, event) => {
    if (event.type === 'seat-given') {
      const { roundId, personId, seat, at: appointedAt } = event;
      const before = committee ?? { roundId, seats: [], conflicts: [] };
      return { ...before, seats: [...before.seats, { personId, seat, appointedAt }] };
    }
    if (!committee) throw new Error(`A committee cannot begin with ${event.type}.`);
    if (isGuestEvent(event)) return { ...committee, guests: evolveGuests(committee.guests ?? [], event) };
    return evolveCommittee(committee, event);
  },
  lists: () => ({}),
};

const evolveCommittee = (
  committee: Committee,
  event: Exclude<CommitteeEvent, GuestEvent | { type: 'seat-given' }>,
): Committee => {
  switch (event.type) {
    case 'seat-left':
      return withSeat(committee, event.personId, (seat) => ({ ...seat, leftAt: event.at }));
    case 'substitute-called':
      return withSeat(committee, event.personId, (seat) => ({ ...seat, standsInFor: event.standsInFor }));
    case 'substitute-released':
      return withSeat(committee, event.personId, ({ standsInFor: _released, ...seat }) => seat);
    case 'competence-told':
      return { ...committee, competences: evolveCompetences(committee.competences ?? [], event) };
    case 'ties-looked-through':
      return { ...committee, looked: evolveTies(committee.looked ?? [], event) };
    case 'disclosures-compared': {
      const compared = new Set([...(committee.compared ?? []), ...event.members]);
      return { ...committee, compared: [...compared] };
    }
    case 'conflict-declared':
    case 'conflicts-found':
    case 'conflict-ruled':
    case 'conflict-ruling-undone':
      return { ...committee, conflicts: evolveConflicts(committee.conflicts, event) };
    default:
      return event satisfies never;
  }
};

const withSeat = (committee: Committee, personId: PersonId, change: (seat: Seat) => Seat): Committee => ({
  ...committee,
  seats: committee.seats.map((seat) =>
    seat.personId === personId && seat.leftAt === undefined ? change(seat) : seat,
  ),
});
