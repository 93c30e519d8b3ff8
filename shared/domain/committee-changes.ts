import {
  type Committee,
  type CommitteeEvent,
  type SeatKind,
  seatOf,
  votersOf,
} from '#shared/domain/committee.ts';
import { conflictOf } from '#shared/domain/conflict.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { voteStands } from '#shared/domain/gate-decisions.ts';
import { guestOf } from '#shared/domain/guest.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CommitteeEvent[], Refusal>;

/** Who has seen too much to vote or rate in the round (`unblinded.ts`). */
type Unblinded = { unblinded: ReadonlySet<PersonId> };

/**
 * Gives a person a seat. One chair and one secretary at a time; the same seat again changes nothing. Only the secretary's is for who
 * has seen too much to vote.
 */
export const giveSeat = (
  committee: Committee | undefined,
  {
    roundId,
    personId,
    seat,
    unblinded,
  }: Unblinded & { roundId: RoundId; personId: PersonId; seat: SeatKind },
  now: Instant,
): Decision => {
  if (guestOf(committee, personId, now)) return refuse({ kind: 'seat-taken', seat: 'guest' });
  const held = seatOf(committee, personId);
  if (held) return held.seat === seat ? ok([]) : refuse({ kind: 'seat-taken', seat: held.seat });
  if (seat !== 'secretary' && unblinded.has(personId)) return refuse({ kind: 'unblinded' });
  const single = seat === 'chair' || seat === 'secretary';
  if (single && committee?.seats.some((other) => other.seat === seat && other.leftAt === undefined)) {
    return refuse({ kind: 'seat-taken', seat });
  }
  return ok([{ type: 'seat-given', at: now, roundId, personId, seat }]);
};

/** Where a change of seats happens: at the gate of the stage, if one has opened, whose votes it must leave alone. */
type AtGate = { gate: Gate | undefined };

/**
 * Ends a person's seat; a substitute who stood in for them is released too. Leaving again changes nothing; refused while the
 * vote of either lies on the table.
 */
export const leaveSeat = (
  committee: Committee,
  { personId, gate }: AtGate & { personId: PersonId },
  now: Instant,
): Decision => {
  if (!seatOf(committee, personId)) return ok([]);
  const standIn = sittingSubstituteOf(committee, personId);
  if (voteStands(gate, personId) || (standIn && voteStands(gate, standIn))) {
    return refuse({ kind: 'vote-stands' });
  }
  return ok([
    ...(standIn ? [{ type: 'substitute-released' as const, at: now, personId: standIn }] : []),
    { type: 'seat-left', at: now, personId },
  ]);
};

/** Calls a substitute in for a member who is away, and so has not voted on what lies on the table. */
export const callSubstitute = (
  committee: Committee,
  {
    personId,
    standsInFor,
    gate,
    unblinded,
  }: AtGate & Unblinded & { personId: PersonId; standsInFor: PersonId },
  now: Instant,
): Decision => {
  const substitute = seatOf(committee, personId);
  const absent = seatOf(committee, standsInFor);
  if (substitute?.seat !== 'substitute' || absent?.seat !== 'member') {
    return refuse({ kind: 'not-found', what: 'person' });
  }
  if (substitute.standsInFor === standsInFor) return ok([]);
  if (substitute.standsInFor || sittingSubstituteOf(committee, standsInFor)) {
    return refuse({ kind: 'seat-taken', seat: 'substitute' });
  }
  if (unblinded.has(personId)) return refuse({ kind: 'unblinded' });
  if (voteStands(gate, standsInFor)) return refuse({ kind: 'vote-stands' });
  return ok([{ type: 'substitute-called', at: now, personId, standsInFor }]);
};

/** The member is back; refused while a vote of the substitute lies on the table. */
export const releaseSubstitute = (
  committee: Committee,
  { personId, gate }: AtGate & { personId: PersonId },
  now: Instant,
): Decision => {
  if (!seatOf(committee, personId)?.standsInFor) return ok([]);
  if (voteStands(gate, personId)) return refuse({ kind: 'vote-stands' });
  return ok([{ type: 'substitute-released', at: now, personId }]);
};

/** A member, or a guest, declares a conflict with an application; it holds from this moment, and declaring it again changes nothing. */
export const declareConflict = (
  committee: Committee,
  { memberId, applicationId }: { memberId: PersonId; applicationId: ApplicationId },
  now: Instant,
): Decision => {
  if (!seatOf(committee, memberId) && !guestOf(committee, memberId, now)) {
    return refuse({ kind: 'not-allowed' });
  }
  if (conflictOf(committee.conflicts, memberId, applicationId)?.declaredAt) return ok([]);
  return ok([{ type: 'conflict-declared', at: now, memberId, applicationId }]);
};

/** Voting members at least, and at most where the round file says so. */
type CommitteeSize = { minimum: number; maximum?: number | undefined };

/**
 * What a committee still lacks before it may decide, as catalogue keys: as many voters as the round file says, an odd
 * number of them, a chair and a secretary.
 */
export const lacksOf = (committee: Committee | undefined, rules: CommitteeSize): Fault[] => {
  const voters = committee ? votersOf(committee).length : 0;
  const has = (kind: SeatKind): boolean =>
    committee?.seats.some(({ seat, leftAt }) => seat === kind && leftAt === undefined) ?? false;
  const { minimum, maximum = Infinity } = rules;
  const facts = { minimum, voters };
  return [
    ...(voters > maximum
      ? [{ place: 'seats', message: 'committee.too-many', facts: { maximum, voters } }]
      : []),
    ...(voters < minimum ? [{ place: 'seats', message: 'committee.too-few', facts }] : []),
    ...(voters % 2 === 0 ? [{ place: 'seats', message: 'committee.even', facts }] : []),
    ...(has('chair') ? [] : [{ place: 'seats', message: 'committee.no-chair' }]),
    ...(has('secretary') ? [] : [{ place: 'seats', message: 'committee.no-secretary' }]),
  ];
};

const sittingSubstituteOf = (committee: Committee, memberId: PersonId): PersonId | undefined =>
  committee.seats.find(({ standsInFor, leftAt }) => standsInFor === memberId && leftAt === undefined)
    ?.personId;
