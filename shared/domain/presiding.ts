import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';

/** Whoever holds the chair now: who was appointed to it, or stands in for them. */
export const inTheChair = (committee: Committee): PersonId | undefined => {
  const appointed = committee.seats.find(({ seat, leftAt }) => seat === 'chair' && leftAt === undefined);
  const standIn = committee.seats.find(
    ({ standsInFor, leftAt }) => leftAt === undefined && appointed && standsInFor === appointed.personId,
  );
  return (standIn ?? appointed)?.personId;
};

/**
 * Who decides in the chair's place where these take no part: the chair, and where a conflict keeps the chair away the voter
 * who was appointed before the others that are left; nobody where nobody is.
 */
export const presiding = (committee: Committee, recused: readonly PersonId[]): PersonId | undefined =>
  [inTheChair(committee), ...votersOf(committee)].find((id) => id !== undefined && !recused.includes(id));

/** Who decides on one application as the chair: the chair, or who replaces them because of a conflict of interest. */
export const chairOn = (committee: Committee, applicationId: ApplicationId): PersonId | undefined =>
  presiding(
    committee,
    committee.seats.map(({ personId }) => personId).filter((id) => inConflict(committee, id, applicationId)),
  );
