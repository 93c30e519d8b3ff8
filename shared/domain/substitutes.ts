import { type Committee, inConflict, type Seat, votersOf } from '#shared/domain/committee.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';

/** Whether somebody sits as a substitute whom nobody has called. */
const isFree = ({ seat, leftAt, standsInFor }: Seat): boolean =>
  seat === 'substitute' && leftAt === undefined && standsInFor === undefined;

export const hasFreeSubstitute = ({ seats }: Committee): boolean => seats.some(isFree);

/** Who could vote on applications instead of members whom a conflict of interest keeps away from them. */
export type Callable = {
  /** Free substitutes without a conflict there, in the order of their appointment; nobody where nobody can be stood in for. */
  substitutes: readonly PersonId[];
  /** For whom; a chair is replaced by a voter, and nobody is called for one who stands in already. */
  insteadOf: readonly PersonId[];
  /** Whose vote lies on the table: it must be taken back first. */
  voted: readonly PersonId[];
};

export const callableFor = (
  committee: Committee,
  about: {
    members: readonly PersonId[];
    applications: readonly Pick<Standing, 'applicationId'>[];
    gate: Gate;
    /** Who has seen too much of the round to vote. */
    unblinded: ReadonlySet<PersonId>;
  },
): Callable => {
  const { applications, gate, unblinded } = about;
  const voters = votersOf(committee);
  const insteadOf = committee.seats
    .filter(({ seat, leftAt }) => seat === 'member' && leftAt === undefined)
    .map(({ personId }) => personId)
    .filter((id) => voters.includes(id) && about.members.includes(id));
  const substitutes = committee.seats
    .filter(isFree)
    .map(({ personId }) => personId)
    .filter(
      (id) => !unblinded.has(id) && !applications.some((one) => inConflict(committee, id, one.applicationId)),
    );
  const voted = insteadOf.filter((id) => gate.votes.some(({ memberId }) => memberId === id));
  return { insteadOf, voted, substitutes: insteadOf.length > 0 ? substitutes : [] };
};
