import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Gate, Recusal } from '#shared/domain/gate.ts';
import { type Quorum, type Tally, tallyOf } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * One vote is about a whole list, and does not count for its applications with which the voter has a conflict of interest. So
 * each application is decided by the others: with the quorum of the whole committee, by a majority of their own votes.
 */

/** Whoever holds the chair now: who was appointed to it, or stands in for them. */
const inTheChair = (committee: Committee): PersonId | undefined => {
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
const presiding = (committee: Committee, recused: readonly PersonId[]): PersonId | undefined =>
  [inTheChair(committee), ...votersOf(committee)].find((id) => id !== undefined && !recused.includes(id));

/** Who decides on one application as the chair: the chair, or who replaces them because of a conflict of interest. */
export const chairOn = (committee: Committee, applicationId: ApplicationId): PersonId | undefined =>
  presiding(
    committee,
    committee.seats.map(({ personId }) => personId).filter((id) => inConflict(committee, id, applicationId)),
  );

/** Applications for which the same voters take no part, and how the votes of the others stand on them. */
export type RecusedVote = {
  members: readonly PersonId[];
  applications: readonly Pick<Standing, 'applicationId' | 'number'>[];
  /** Who replaces the chair, where it is the chair who takes no part. */
  presiding: PersonId | undefined;
  tally: Tally;
  stands: 'carried' | 'no-quorum' | 'not-carried' | 'stand-in-needed';
};

/** Every application of a list for which somebody's vote does not count, by who that is; in the order of the list. */
export const recusedVotes = (
  { gate, committee, quorum }: { gate: Gate; committee: Committee; quorum: Quorum },
  standings: readonly Standing[],
): RecusedVote[] => {
  const voters = votersOf(committee);
  const keptAway = (id: ApplicationId) => voters.filter((voter) => inConflict(committee, voter, id));
  const groups = Map.groupBy(standings, ({ applicationId }) => keptAway(applicationId).join(' '));
  return [...groups].flatMap(([, applications]) => {
    const [first] = applications;
    const members = first ? keptAway(first.applicationId) : [];
    return members.length === 0 ? [] : [voteWithout({ gate, committee, quorum }, members, applications)];
  });
};

const voteWithout = (
  { gate, committee, quorum }: { gate: Gate; committee: Committee; quorum: Quorum },
  members: readonly PersonId[],
  standings: readonly Standing[],
): RecusedVote => {
  const votes = gate.votes.filter(({ memberId }) => !members.includes(memberId));
  const counted = tallyOf({ ...gate, votes }, committee, quorum);
  const chair = inTheChair(committee);
  const replacing = chair && members.includes(chair) ? presiding(committee, members) : undefined;
  const said = votes.find(({ memberId }) => memberId === replacing)?.choice;
  const isTie = counted.for === counted.against;
  const tally = { ...counted, carried: counted.carried || (isTie && said === 'for') };
  return {
    members,
    applications: standings.map(({ applicationId, number }) => ({ applicationId, number })),
    presiding: replacing,
    tally,
    stands: standingOf(tally, replacing !== undefined && said === undefined),
  };
};

const standingOf = (tally: Tally, isWaiting: boolean): RecusedVote['stands'] => {
  if (tally.for + tally.against + tally.abstain < tally.needed) return 'no-quorum';
  // Whoever replaces the chair decides by voting; without their vote nobody has.
  if (isWaiting) return 'stand-in-needed';
  return tally.carried ? 'carried' : 'not-carried';
};

/** The gate without votes that count for no application of its list at all. */
export const withVotesThatCount = (
  gate: Gate,
  committee: Committee,
  standings: readonly Standing[],
): Gate => {
  const takesPart = (memberId: PersonId) =>
    standings.length === 0 ||
    standings.some(({ applicationId }) => !inConflict(committee, memberId, applicationId));
  return { ...gate, votes: gate.votes.filter(({ memberId }) => takesPart(memberId)) };
};

/**
 * What the decision says of them. Refused while an application lacks the quorum, the majority or whoever replaces the chair: the
 * others vote, a substitute is called in, or the proposal is taken back.
 */
export const recusalsOf = (recused: readonly RecusedVote[]): Result<Recusal[], Refusal> => {
  const open = recused.filter(({ stands }) => stands !== 'carried');
  if (open.length > 0) {
    return refuse({
      kind: 'recused-undecided',
      applications: open.reduce((sum, { applications }) => sum + applications.length, 0),
    });
  }
  return ok(
    recused.map(({ members, applications, presiding: presided }) => ({
      members: [...members],
      applications: applications.map(({ number }) => number),
      ...(presided && { presided }),
    })),
  );
};
