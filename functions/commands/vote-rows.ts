import type { CommandDeps } from '#functions/commands/deps.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { type CommitteeEvent, committeeAggregate, votersOf } from '#shared/domain/committee.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Poll } from '#shared/domain/poll.ts';
import { stageEndsAt } from '#shared/domain/publication.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { votesAwaited } from '#shared/domain/votes-awaited.ts';

type Opened = Pick<OpenWorkplace, 'round' | 'committee' | 'gate' | 'file'>;

/** The row of letters to whoever may vote on a proposal that comes to the table now; once for each time that one does. */
export const votingRows = (
  { round, committee, gate, file }: Opened,
  { standings, events }: { standings: readonly Standing[]; events: readonly GateEvent[] },
  now: Instant,
): OutboxMessage[] => {
  const after = evolveAll(gateAggregate, gate.state, events);
  if (!after || events.length === 0) return [];
  const room = { committee: committee.state, gate: after, rule: file.committee };
  const cause = `committee-vote-waits#${gate.id}#${gate.version + events.length}`;
  return rowTo({ round, file }, votesAwaited(room, standings), {
    template: 'committee-vote-waits',
    cause,
    now,
  });
};

/** The same for whoever may vote on it only from now on: a substitute who is called in, or a member who is there again. */
export const calledRows = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, committee, gate, file }: Opened,
  { events, now }: { events: readonly CommitteeEvent[]; now: Instant },
): Promise<OutboxMessage[]> => {
  const after = evolveAll(committeeAggregate, committee.state, events);
  if (!after || events.length === 0 || gate.state.status !== 'open' || !gate.state.proposal) return [];
  const { standings } = await standingListOf(records, gate.state.proposal);
  const before = new Set(votersOf(committee.state));
  const room = { committee: after, gate: gate.state, rule: file.committee };
  const called = votesAwaited(room, standings).filter((id) => !before.has(id));
  const cause = `committee-vote-waits#${gate.id}#${gate.version}#${committee.version + events.length}`;
  return rowTo({ round, file }, called, { template: 'committee-vote-waits', cause, now });
};

/** The same for whoever may rank in a poll that was opened now. */
export const pollRows = (
  place: Pick<Opened, 'round' | 'file'>,
  { poll, rankers }: { poll: Poll; rankers: readonly PersonId[] },
  now: Instant,
): OutboxMessage[] => {
  const cause = `committee-ballot-waits#${place.round.id}#${poll.number}`;
  return rowTo(place, rankers, { template: 'committee-ballot-waits', cause, now });
};

type Waiting = {
  template: 'committee-vote-waits' | 'committee-ballot-waits';
  cause: string;
  now: Instant;
};

const rowTo = (
  { round, file }: Pick<Opened, 'round' | 'file'>,
  readers: readonly PersonId[],
  { template, cause, now }: Waiting,
): OutboxMessage[] => {
  const { state } = round;
  const dueAt = stageEndsAt(state, file);
  if (readers.length === 0 || !dueAt) return [];
  const facts = { roundId: state.id, intake: state.plan.intake, zone: state.plan.timeZone, dueAt };
  const to = readers.map((personId) => ({ personId }));
  return [{ id: cause, at: now, body: { kind: 'letters-to-members', template, cause, facts, to } }];
};
