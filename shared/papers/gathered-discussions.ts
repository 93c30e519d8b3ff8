import { type DiscussedSince, discussedSince, isAfter } from '#shared/domain/after-discussion.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { type Discussion, secondsOn } from '#shared/domain/discussion.ts';
import { presentAt } from '#shared/domain/discussion-room.ts';
import { awayDuring, chairsDuring, latecomers, leavers, sittingOf } from '#shared/domain/discussion-stays.ts';
import type { Gate } from '#shared/domain/gate.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import type { Room } from '#shared/domain/presiding.ts';
import { givenScores } from '#shared/domain/scoring.ts';
import { type SeatFacts, tenuresIn } from '#shared/domain/tenure.ts';
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
  {
    discussions = [],
    candidacies,
    said,
    absences,
  }: Pick<Gathered, 'discussions' | 'candidacies' | 'said' | 'absences'>,
  { committee, end, ...held }: Pick<Room, 'committee'> & { end: Instant; facts: Omit<SeatFacts, 'absences'> },
): Pick<MinutesGate, 'discussions'> => {
  const meetings = discussions.find((one) => one.gate === gate.id)?.meetings ?? [];
  const facts = { ...held.facts, absences: absences?.get(gate.id) ?? [] };
  const after = afterIn({ stage: gate.stage, candidacies, since: discussedSince([{ meetings }]) });
  const told = meetings.flatMap((one) =>
    one.spans.length > 0 ? [toldOf(one, { committee, gate }, { end, said, after, facts })] : [],
  );
  return told.length > 0 ? { discussions: told } : {};
};

type Telling = { end: Instant; said: Gathered['said']; after: After; facts: SeatFacts };

const toldOf = (
  discussion: Discussion,
  room: Room,
  { end, said, facts, after: laterThan }: Telling,
): MinutesDiscussion => {
  const { openedAt, closedAt, items, spans, undone = [] } = discussion;
  const numbers = new Map(items.map(({ applicationId, number }) => [applicationId, number]));
  const numbered = <One extends { missed: ApplicationId[] }>(one: One) => ({
    ...one,
    missed: one.missed.flatMap((id) => numbers.get(id) ?? []),
  });
  const over = closedAt ?? end;
  const sitting = sittingOf(discussion, tenuresIn(facts), over);
  const late = latecomers(sitting);
  const left = leavers(sitting);
  const chairs = chairsDuring(discussion, facts, over);
  const after = laterThan(discussion);
  const talked = [...new Set(spans.map(({ applicationId }) => applicationId))];
  return {
    openedAt,
    closedAt: over,
    ...(closedAt === undefined && { present: presentAt(room, discussion) }),
    ...(late.length > 0 && { late: late.map(numbered) }),
    ...(left.length > 0 && { left: left.map(numbered) }),
    ...(chairs.length > 0 && { chairs }),
    ...(undone.length > 0 && { undone }),
    ...despiteIn(discussion, { numbers, said }),
    ...(after.length > 0 && { after }),
    items: talked.flatMap((applicationId) => {
      const number = numbers.get(applicationId);
      const seconds = Math.round(secondsOn(discussion, applicationId, end));
      return number ? [{ number, seconds, away: awayDuring(sitting, applicationId) }] : [];
    }),
  };
};

/** Cards that came after it, of what a discussion was the first to be about. */
type After = (discussion: Discussion) => NonNullable<MinutesDiscussion['after']>;

const afterIn =
  ({
    stage,
    candidacies,
    since,
  }: Pick<Gathered, 'candidacies'> & { stage: Gate['stage']; since: DiscussedSince }): After =>
  ({ spans }) => {
    const begun = new Set(
      spans.flatMap(({ applicationId, from }) => (since.get(applicationId) === from ? [applicationId] : [])),
    );
    return candidacies.flatMap((candidacy) => {
      const { applicationId, number } = candidacy;
      if (!begun.has(applicationId)) return [];
      const count = cardsAt(stage, candidacy).filter((card) => isAfter(since, applicationId, card)).length;
      return count > 0 ? [{ number, count }] : [];
    });
  };

const cardsAt = (stage: Gate['stage'], candidacy: Candidacy): Score[] => {
  if (stage === 'scoring') return givenScores(candidacy);
  return stage === 'interviews' ? candidacy.scorecards : [];
};

/** Of what was talked about: what the chair opened all the same and nobody came to needs no words. */
const despiteIn = (
  { despite = [], spans }: Discussion,
  { numbers, said }: { numbers: ReadonlyMap<string, ApplicationNumber>; said: Gathered['said'] },
): Pick<MinutesDiscussion, 'despite'> => {
  const talked = new Set(spans.map(({ applicationId }) => applicationId));
  const told = despite.flatMap(({ by, at, reason: ref, ...opened }) => {
    const awaited = opened.awaited.flatMap(({ applicationId, count }) => {
      const number = talked.has(applicationId) ? numbers.get(applicationId) : undefined;
      return number ? [{ number, count }] : [];
    });
    const reason = said(ref);
    return awaited.length > 0 ? [{ by, at, awaited, ...(reason !== undefined && { reason }) }] : [];
  });
  return told.length > 0 ? { despite: told } : {};
};
