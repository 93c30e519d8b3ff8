import { awayDuring, type Discussion, secondsOn } from '#shared/domain/discussion.ts';
import { latecomers, leavers } from '#shared/domain/discussion-attendance.ts';
import { presentAt } from '#shared/domain/discussion-room.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Room } from '#shared/domain/presiding.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import type { MinutesGate } from './minutes.ts';
import type { MinutesDiscussion } from './minutes-discussions.ts';

/**
 * What was discussed at a gate: how long, and who was out of the room. One that nobody closed ended with the decision; who came to it then
 * stands with it, since no meeting was recorded.
 */
export const gatheredDiscussions = (
  gate: Gate,
  { discussions = [] }: Pick<Gathered, 'discussions'>,
  { committee, end }: Pick<Room, 'committee'> & { end: Instant },
): Pick<MinutesGate, 'discussions'> => {
  const meetings = discussions.find((one) => one.gate === gate.id)?.meetings ?? [];
  const told = meetings.flatMap((one) =>
    one.spans.length > 0 ? [toldOf(one, { committee, gate }, end)] : [],
  );
  return told.length > 0 ? { discussions: told } : {};
};

const toldOf = (discussion: Discussion, room: Room, end: Instant): MinutesDiscussion => {
  const { openedAt, closedAt, items, spans, undone = [] } = discussion;
  const numbers = new Map(items.map(({ applicationId, number }) => [applicationId, number]));
  const numbered = <One extends { missed: ApplicationId[] }>(one: One) => ({
    ...one,
    missed: one.missed.flatMap((id) => numbers.get(id) ?? []),
  });
  const late = latecomers(discussion, spans);
  const left = leavers(discussion, spans);
  const talked = [...new Set(spans.map(({ applicationId }) => applicationId))];
  return {
    openedAt,
    closedAt: closedAt ?? end,
    ...(closedAt === undefined && { present: presentAt(room, discussion) }),
    ...(late.length > 0 && { late: late.map(numbered) }),
    ...(left.length > 0 && { left: left.map(numbered) }),
    ...(undone.length > 0 && { undone }),
    items: talked.flatMap((applicationId) => {
      const number = numbers.get(applicationId);
      const seconds = Math.round(secondsOn(discussion, applicationId, end));
      return number ? [{ number, seconds, away: awayDuring(discussion, applicationId) }] : [];
    }),
  };
};
