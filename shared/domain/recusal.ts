import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Gate, Recusal } from '#shared/domain/gate.ts';
import { type Tally, tallyOf } from '#shared/domain/gate-decisions.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { inTheChair, presiding } from '#shared/domain/presiding.ts';
import type { VotingRule } from '#shared/domain/recusal-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { type Callable, callableFor } from '#shared/domain/substitutes.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * One vote is about a whole list, and does not count for its applications with which the voter has a conflict of interest. So
 * each application is decided by the others, by a majority of their own votes. The round file says of whom the quorum is counted
 * then, and whether somebody in conflict leaves the whole list.
 */

/** Applications for which the same voters take no part, and how the votes of the others stand on them. */
export type RecusedVote = {
  members: readonly PersonId[];
  applications: readonly Listed[];
  /** Who replaces the chair, where it is the chair who takes no part. */
  presiding: PersonId | undefined;
  tally: Tally;
  stands: 'carried' | 'no-quorum' | 'not-carried' | 'stand-in-needed' | 'substitute-due';
  callable: Callable;
};

type Listed = Pick<Standing, 'applicationId' | 'number'>;
type Room = {
  gate: Gate;
  committee: Committee;
  rule: VotingRule;
  /** Who has seen too much of the round to be called in as a substitute. */
  unblinded: ReadonlySet<PersonId>;
};

/**
 * Voters who leave the whole list for a conflict of interest with any of it, where the round file says so; else nobody.
 * @param before who could vote before, of whom it is asked as well
 */
export const goneFromList = (
  { committee, rule }: Pick<Room, 'committee' | 'rule'>,
  list: readonly Pick<Standing, 'applicationId'>[],
  before: readonly PersonId[] = [],
): PersonId[] =>
  rule.recusal?.leaves === 'list'
    ? [...votersOf(committee), ...before].filter((voter) =>
        list.some(({ applicationId }) => inConflict(committee, voter, applicationId)),
      )
    : [];

/** Which voters take no part in an application of the list; everybody alike where a conflict makes them leave the list. */
const keptAwayIn = (
  room: Pick<Room, 'committee' | 'rule'>,
  standings: readonly Pick<Standing, 'applicationId'>[],
): ((id: ApplicationId) => PersonId[]) => {
  const voters = votersOf(room.committee);
  if (room.rule.recusal?.leaves !== 'list') {
    return (id) => voters.filter((voter) => inConflict(room.committee, voter, id));
  }
  const gone = goneFromList(room, standings);
  return () => gone;
};

/** Voters who take part in no application of the list, so that their vote counts nowhere; nobody where the list is empty. */
export const awayFrom = (
  room: Pick<Room, 'committee' | 'rule'>,
  standings: readonly Pick<Standing, 'applicationId'>[],
): PersonId[] => {
  if (standings.length === 0) return [];
  const keptAway = keptAwayIn(room, standings);
  const [first, ...others] = standings.map(({ applicationId }) => keptAway(applicationId));
  return (first ?? []).filter((id) => others.every((kept) => kept.includes(id)));
};

/** Every application of a list for which somebody's vote does not count, by who that is; in the order of the list. */
export const recusedVotes = (room: Room, standings: readonly Listed[]): RecusedVote[] => {
  const keptAway = keptAwayIn(room, standings);
  const groups = Map.groupBy(standings, ({ applicationId }) => keptAway(applicationId).join(' '));
  return [...groups].flatMap(([, applications]) => {
    const [first] = applications;
    const members = first ? keptAway(first.applicationId) : [];
    return members.length === 0 ? [] : [voteWithout(room, members, applications)];
  });
};

const voteWithout = (
  { gate, committee, rule, unblinded }: Room,
  members: readonly PersonId[],
  applications: readonly Listed[],
): RecusedVote => {
  const chair = inTheChair({ committee, gate });
  const replacing = chair && members.includes(chair) ? presiding({ committee, gate }, members) : undefined;
  const hasSaid = gate.votes.some(({ memberId }) => memberId === replacing);
  const tally = tallyOf(gate, committee, { rule, away: members });
  const callable = callableFor(committee, { members, applications, gate, unblinded });
  const isDue = rule.recusal?.substitutes === 'while-free' && callable.substitutes.length > 0;
  const isWaiting = replacing !== undefined && !hasSaid;
  return {
    members,
    applications: applications.map(({ applicationId, number }) => ({ applicationId, number })),
    presiding: replacing,
    tally,
    stands: isDue ? 'substitute-due' : standingOf(tally, isWaiting),
    callable,
  };
};

const standingOf = (tally: Tally, isWaiting: boolean): RecusedVote['stands'] => {
  if (tally.for + tally.against + tally.abstain < tally.needed) return 'no-quorum';
  // Whoever replaces the chair decides by voting; without their vote nobody has.
  if (isWaiting) return 'stand-in-needed';
  return tally.carried ? 'carried' : 'not-carried';
};

/**
 * What the decision says of them. Refused while an application lacks the quorum, the majority, a substitute or whoever replaces the
 * chair: the others vote, a substitute is called in, or the proposal is taken back.
 */
export const recusalsOf = (
  recused: readonly RecusedVote[],
  { recusal }: VotingRule,
): Result<Recusal[], Refusal> => {
  const open = recused.filter(({ stands }) => stands !== 'carried');
  if (open.length > 0) {
    return refuse({
      kind: 'recused-undecided',
      applications: open.reduce((sum, { applications }) => sum + applications.length, 0),
    });
  }
  return ok(
    recused.map(({ members, applications, presiding: presided, tally }) => ({
      members: [...members],
      applications: applications.map(({ number }) => number),
      ...(presided && { presided }),
      ...(recusal && { needed: tally.needed }),
      ...(recusal?.leaves === 'list' && { wholeList: true as const }),
    })),
  );
};
