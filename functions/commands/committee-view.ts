import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { currentStaff } from '#functions/commands/staff.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import {
  type Committee,
  committeeAggregate,
  type SeatKind,
  seatOf,
  votersOf,
} from '#shared/domain/committee.ts';
import { guestOf } from '#shared/domain/guest.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Somebody on a committee, as colleagues know them. */
export type SeatView = {
  personId: PersonId;
  name: string;
  seat: SeatKind;
  votes: boolean;
  standsInFor: PersonId | undefined;
  left: boolean;
};

/** Somebody in the region who could be given a seat. */
export type CandidateForSeat = {
  personId: PersonId;
  name: string;
  roles: readonly Role[];
  /** Has seen too much of the round to vote or score in it, so that at most the secretary's seat is left. */
  isUnblinded: boolean;
};

type Deps = Pick<SignInDeps, 'records' | 'people'>;

/** The seats of a round's committee with names, those who left at the end. */
export const committeeView = async (
  deps: Deps,
  roundId: RoundId,
): Promise<{ committee: Committee | undefined; seats: SeatView[] }> => {
  const committee = (await deps.records.find(committeeAggregate, roundId))?.state;
  if (!committee) return { committee, seats: [] };
  const voters = new Set(votersOf(committee));
  const names = await namesOf(
    deps,
    committee.seats.map(({ personId }) => personId),
  );
  const seats = committee.seats.map(({ personId, seat, standsInFor, leftAt }) => ({
    personId,
    name: names.get(personId) ?? personId,
    seat,
    votes: leftAt === undefined && voters.has(personId),
    standsInFor,
    left: leftAt !== undefined,
  }));
  return { committee, seats: seats.toSorted((a, b) => Number(a.left) - Number(b.left)) };
};

/** Staff who hold a role of the committee, and no seat on it nor a guest's. @param unblinded who has seen too much to vote or score */
export const candidatesForSeats = async (
  deps: Deps,
  committee: Committee | undefined,
  { unblinded, now }: { unblinded: ReadonlySet<PersonId>; now: Instant },
): Promise<CandidateForSeat[]> => {
  const staff = await currentStaff(deps);
  const wanted = new Set<Role>(['chair', 'secretary', 'member']);
  const free = Object.entries(staff.members)
    .map(([id, roles]) => ({ personId: PersonId.parse(id), roles: roles.filter((role) => wanted.has(role)) }))
    .filter(({ roles }) => roles.length > 0)
    .filter(({ personId }) => !seatOf(committee, personId) && !guestOf(committee, personId, now));
  const names = await namesOf(
    deps,
    free.map(({ personId }) => personId),
  );
  return free
    .map(({ personId, roles }) => ({
      personId,
      roles,
      name: names.get(personId) ?? personId,
      isUnblinded: unblinded.has(personId),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
};
