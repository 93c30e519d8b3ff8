import { type MeetingRoom, votersIn } from '#shared/domain/discussion-room.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { ballotOf, type Poll } from '#shared/domain/poll.ts';
import { rankersIn } from '#shared/domain/poll-count.ts';
import type { Room } from '#shared/domain/presiding.ts';
import { awayFrom } from '#shared/domain/recusal.ts';
import type { VotingRule } from '#shared/domain/recusal-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';

/**
 * Who may still vote on the proposal that lies on a gate's table; nobody where none does. Not whoever takes part in nothing of the list because of a
 * conflict of interest, nor a chair who is recorded as away.
 */
export const votesAwaited = (
  { committee, gate, rule }: Room & { rule: VotingRule },
  standings: readonly Pick<Standing, 'applicationId'>[],
): PersonId[] => {
  if (gate?.status !== 'open' || !gate.proposal) return [];
  const away = awayFrom({ committee, rule }, standings);
  const voted = new Set(gate.votes.map(({ memberId }) => memberId));
  return votersIn({ committee, gate }).filter((id) => !away.includes(id) && !voted.has(id));
};

/** Who may still rank in a poll that is open. */
export const ballotsAwaited = (poll: Poll, room: MeetingRoom, left: readonly ApplicationId[]): PersonId[] =>
  poll.status === 'open' ? rankersIn(poll, room, left).filter((id) => ballotOf(poll, id) === undefined) : [];
