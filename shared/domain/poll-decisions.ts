import { type MeetingRoom, mayLead, votersIn } from '#shared/domain/discussion-room.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { ballotOf, type GivenRank, type Poll, type Polls, type PollsEvent } from '#shared/domain/poll.ts';
import { askedOf, countedIn, rankersIn } from '#shared/domain/poll-count.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<PollsEvent[], Refusal>;

/** Nobody ranks more at once with care. */
export const maxPolled = 30;

/** Who opens, closes and annuls: as a meeting is led. */
export const leadsPolls = (room: MeetingRoom, personId: PersonId): boolean =>
  mayLead(room, undefined, personId);

type Opening = Omit<Extract<PollsEvent, { type: 'poll-opened' }>, 'type' | 'at'>;

/** Opens a poll; one at a time at a gate. The same once more by the same person is a double click. */
export const openPoll = (
  polls: Polls | undefined,
  room: MeetingRoom,
  opened: Opening,
  now: Instant,
): Decision => {
  const { by, gate, items } = opened;
  if (!leadsPolls(room, by)) return refuse({ kind: 'not-allowed' });
  const last = polls?.polls.at(-1);
  if (last?.status === 'open' && last.gate === gate) {
    const ids = new Set(last.items.map(({ applicationId }) => applicationId));
    const again = ids.size === items.length && items.every(({ applicationId }) => ids.has(applicationId));
    return again && last.openedBy === by ? ok([]) : refuse({ kind: 'changed-meanwhile' });
  }
  if (items.length < 2 || items.length > maxPolled) {
    const message = items.length < 2 ? 'ballots.fault.few' : 'ballots.fault.many';
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'numbers', message, facts: { maximum: maxPolled } }],
    });
  }
  return ok([{ type: 'poll-opened', at: now, ...opened }]);
};

type Casting = {
  member: PersonId;
  /** The version of the own ballot that the page showed; 0 before the first. */
  seen: number;
  ranks: readonly GivenRank[];
  left: readonly ApplicationId[];
};

/**
 * Casts a member's ballot, or another one in its place. The same once more changes nothing; where another tab has changed it meanwhile, the
 * member is told.
 */
export const castBallot = (
  poll: Poll,
  room: MeetingRoom,
  { member, seen, ranks, left }: Casting,
  now: Instant,
): Decision => {
  if (poll.status !== 'open') return refuse({ kind: 'ballot-closed', closedAt: endOf(poll) });
  if (!votersIn(room).includes(member)) return refuse({ kind: 'not-allowed' });
  const asked = new Set(askedOf(poll, room, { member, left }));
  const stood = ranks.filter(({ applicationId }) => !left.includes(applicationId));
  if (stood.some(({ applicationId: id }) => !poll.items.some(({ applicationId }) => applicationId === id))) {
    return refuse({ kind: 'not-in-stage' });
  }
  if (asked.size === 0 || stood.some(({ applicationId }) => !asked.has(applicationId))) {
    return refuse({ kind: 'conflict-of-interest' });
  }
  const faults = faultsIn(poll, stood, asked);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const given = poll.items.flatMap(
    ({ applicationId }) => stood.find((one) => one.applicationId === applicationId) ?? [],
  );
  const before = ballotOf(poll, member);
  if (before && isSame(before.ranks, given)) return ok([]);
  if ((before?.version ?? 0) !== seen) return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'ballot-cast', at: now, poll: poll.number, memberId: member, ranks: given }]);
};

const endOf = (poll: Exclude<Poll, { status: 'open' }>): Instant =>
  poll.status === 'closed' ? poll.closedAt : poll.annulledAt;

/** The box in which an application is ranked. */
export const rankBox = (number: ApplicationNumber): string => `rank-${number}`;

const faultsIn = (
  { items }: Poll,
  ranks: readonly GivenRank[],
  asked: ReadonlySet<ApplicationId>,
): Fault[] => {
  const first = items.find(({ applicationId }) => asked.has(applicationId));
  if (ranks.length === 0)
    return [{ place: first ? rankBox(first.number) : '', message: 'ballots.fault.empty' }];
  return items.flatMap(({ applicationId, number }) => {
    const given = ranks.filter((one) => one.applicationId === applicationId);
    const isWrong = given.length > 1 || given.some(({ rank }) => rank < 1 || rank > items.length);
    const facts = { number, maximum: items.length };
    return isWrong ? [{ place: rankBox(number), message: 'ballots.fault.rank', facts }] : [];
  });
};

const isSame = (some: readonly GivenRank[], others: readonly GivenRank[]): boolean =>
  some.length === others.length &&
  some.every(
    ({ applicationId, rank }, index) =>
      others[index]?.applicationId === applicationId && others[index].rank === rank,
  );

/** Ends a poll with what counts now; closed is closed, whoever was first. */
export const closePoll = (
  poll: Poll,
  room: MeetingRoom,
  { by, left }: { by: PersonId; left: readonly ApplicationId[] },
  now: Instant,
): Decision => {
  if (!leadsPolls(room, by)) return refuse({ kind: 'not-allowed' });
  if (poll.status === 'closed') return ok([]);
  if (poll.status === 'annulled') return refuse({ kind: 'ballot-closed', closedAt: poll.annulledAt });
  const counted = countedIn(poll, room, left);
  if (counted.length === 0) {
    return refuse({ kind: 'invalid', faults: [{ place: 'close', message: 'ballots.fault.nobody' }] });
  }
  const voters = rankersIn(poll, room, left).length;
  return ok([{ type: 'poll-closed', at: now, poll: poll.number, by, counted, left: [...left], voters }]);
};

/** Makes a poll count for nothing, with a reason; nobody sees its ballots or its result afterwards. */
export const annulPoll = (
  poll: Poll,
  room: MeetingRoom,
  { by, reason }: { by: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  if (!leadsPolls(room, by)) return refuse({ kind: 'not-allowed' });
  if (poll.status === 'annulled') return ok([]);
  return ok([{ type: 'poll-annulled', at: now, poll: poll.number, by, reason }]);
};
