import { absenceAt, appointedChair, isAway } from '#shared/domain/chair-absence.ts';
import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';

/** A committee at a gate; without one nobody is away. */
export type Room = { committee: Committee; gate?: Gate | undefined };

/**
 * Whoever holds the chair at a gate: who was appointed to it, stands in for them, or was elected while they are away; nobody where who
 * was elected has left.
 */
export const inTheChair = ({ committee, gate }: Room): PersonId | undefined => {
  const absence = gate && absenceAt(gate, committee);
  if (absence) return votersOf(committee).find((id) => id === absence.standIn);
  const appointed = appointedChair(committee);
  const standIn = committee.seats.find(
    ({ standsInFor, leftAt }) => leftAt === undefined && appointed && standsInFor === appointed,
  );
  return standIn?.personId ?? appointed;
};

/**
 * Who decides in the chair's place where these take no part: the chair, and where a conflict keeps the chair away the voter
 * who was appointed before the others that are left; nobody where nobody is. Never a chair who is away.
 */
export const presiding = (
  { committee, gate }: Room,
  recused: readonly PersonId[] = [],
): PersonId | undefined =>
  [inTheChair({ committee, gate }), ...votersOf(committee)].find(
    (id) => id !== undefined && !recused.includes(id) && !(gate && isAway(gate, committee, id)),
  );

/** Who decides on one application as the chair: the chair, or who replaces them because they are away or in conflict of interest. */
export const chairOn = (room: Room, applicationId: ApplicationId): PersonId | undefined =>
  presiding(
    room,
    room.committee.seats
      .map(({ personId }) => personId)
      .filter((id) => inConflict(room.committee, id, applicationId)),
  );
