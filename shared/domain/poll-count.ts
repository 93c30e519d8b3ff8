import type { RankedBallot } from '#shared/ballots/pairwise.ts';
import { type BallotResult, resultOf } from '#shared/ballots/result.ts';
import { inConflict, pointsCount } from '#shared/domain/committee.ts';
import { type MeetingRoom, votersIn } from '#shared/domain/discussion-room.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { ballotOf, type CountedBallot, type Poll, type PollIn } from '#shared/domain/poll.ts';

/** What somebody may rank: nothing with which they are in conflict, and nothing that was withdrawn; with fewer than two there is nothing to compare. */
export const askedOf = (
  { items }: Pick<Poll, 'items'>,
  { committee, gone }: MeetingRoom,
  { member, left }: { member: PersonId; left: readonly ApplicationId[] },
): ApplicationId[] => {
  if (gone.includes(member)) return [];
  const open = items
    .map(({ applicationId }) => applicationId)
    .filter((id) => !left.includes(id) && !inConflict(committee, member, id));
  return open.length < 2 ? [] : open;
};

/** Who ranks: whoever may vote now and has something to compare. */
export const rankersIn = (
  poll: Pick<Poll, 'items'>,
  room: MeetingRoom,
  left: readonly ApplicationId[],
): PersonId[] => votersIn(room).filter((member) => askedOf(poll, room, { member, left }).length > 0);

/**
 * The ballots that count of whoever may rank now. Pairs with an application are not counted of who is in conflict with it, also where the
 * conflict was cleared only after they had ranked.
 */
export const countedIn = (
  poll: Pick<Poll, 'items' | 'ballots'>,
  room: MeetingRoom,
  left: readonly ApplicationId[],
): CountedBallot[] =>
  rankersIn(poll, room, left).flatMap((memberId) => {
    const ballot = ballotOf(poll, memberId);
    if (!ballot) return [];
    const items = poll.items.map(({ applicationId }) => applicationId);
    const without = items.filter((id) => !pointsCount(room.committee, { memberId, at: ballot.at }, id));
    const compared = items.filter((id) => !without.includes(id) && !left.includes(id));
    return compared.length < 2 ? [] : [{ memberId, without }];
  });

/** Whether conflicts of interest have come or gone since it was closed, so that the same ballots would be counted otherwise now. */
export const isOutdated = (poll: PollIn<'closed'>, { committee }: Pick<MeetingRoom, 'committee'>): boolean =>
  poll.counted.some(({ memberId, without }) => {
    const at = ballotOf(poll, memberId)?.at ?? poll.closedAt;
    return poll.items.some(
      ({ applicationId: id }) => pointsCount(committee, { memberId, at }, id) === without.includes(id),
    );
  });

/** What the ballots of a closed poll come to, by application number. */
export const pollResult = (poll: PollIn<'closed'>): BallotResult<ApplicationNumber> => {
  const numbers = new Map(poll.items.map(({ applicationId, number }) => [applicationId, number]));
  const numbersOf = (ids: readonly ApplicationId[]): ApplicationNumber[] =>
    ids.flatMap((id) => numbers.get(id) ?? []);
  const ballots = poll.counted.map(({ memberId, without }): RankedBallot<ApplicationNumber> => {
    const ranks = ballotOf(poll, memberId)?.ranks ?? [];
    return {
      ranks: new Map(
        ranks.flatMap(({ applicationId, rank }) =>
          numbersOf([applicationId]).map((number) => [number, rank] as const),
        ),
      ),
      without: new Set(numbersOf(without)),
    };
  });
  const stood = poll.items.filter(({ applicationId }) => !poll.left.includes(applicationId));
  return resultOf(
    stood.map(({ number }) => number),
    ballots,
  );
};
