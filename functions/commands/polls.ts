import type { CommandDeps } from '#functions/commands/deps.ts';
import { meetingRoom } from '#functions/commands/meeting-room.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store, triesOfCommittee } from '#functions/commands/storing.ts';
import { pollRows } from '#functions/commands/vote-rows.ts';
import { wallIn } from '#functions/commands/walls.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import type { MeetingRoom } from '#shared/domain/discussion-room.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Action } from '#shared/domain/permission.ts';
import {
  type GivenRank,
  type Poll,
  type Polls,
  type PollsEvent,
  pollIn,
  pollsAggregate,
} from '#shared/domain/poll.ts';
import { annulPoll, castBallot, closePoll, maxPolled, openPoll } from '#shared/domain/poll-decisions.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import { ballotsAwaited } from '#shared/domain/votes-awaited.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Attempt = Promise<Result<Versioned<Polls>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Polls>, Refusal>>;

/** Whether the round file lets the committee rank by ballot. */
export const hasPolls = ({ committee }: Pick<RoundFile, 'committee'>): boolean =>
  committee.ballots !== 'none';

export const pollsOf = async (
  { records }: Pick<Reads, 'records'>,
  roundId: RoundId,
): Promise<Versioned<Polls> | undefined> => await records.find(pollsAggregate, roundId);

/** Whom of a list a committee may rank: who has a place in its order. */
const pollable = ({ standings }: Pick<StandingList, 'standings'>): Standing[] =>
  standings.filter(({ rank, reasons }) => rank !== undefined && !reasons.includes('withdrawn'));

/** Those whom ratings cannot tell apart from the line, where that is told and they are neither too few nor too many to be ranked. */
export const groupAtLine = ({ standings, line }: StandingList): Standing[] => {
  const near = new Set(line?.unknown ? [] : line?.near);
  const group = pollable({ standings }).filter(({ applicationId }) => near.has(applicationId));
  return group.length >= 2 && group.length <= maxPolled ? group : [];
};

/** Of the applications of a poll, those that were withdrawn since. */
export const leftOf = async (
  { records }: Pick<Reads, 'records'>,
  { items }: Pick<Poll, 'items'>,
): Promise<ApplicationId[]> => {
  const candidacies = await candidaciesOn(records, items);
  return items
    .map(({ applicationId }) => applicationId)
    .filter((id) => candidacies.get(id)?.withdrawnAt !== undefined);
};

/** @param numbers what was typed, one a word; those that are closed to whoever opens it are no more found than wrong ones */
export type PollOpening = { group: boolean; numbers: readonly string[] };

/** Lets the committee rank some applications of the list on the table: the group at the line, those that are named, or both. */
export const openPollOf = (deps: Deps, command: CommitteeCommand & PollOpening): Answer =>
  decideAgain(async (): Attempt => {
    const place = await leading(deps, command, 'poll.lead');
    if (!place.ok) return place;
    const { gate, round, by } = place.value;
    const { proposal, id, stage } = gate.state;
    if (!proposal) return refuse({ kind: 'no-proposal' });
    const chosen = chosenOf(await standingListOf(deps.records, proposal), place.value, command);
    if (!chosen.ok) return chosen;
    const items = chosen.value.map(({ applicationId, number }) => ({ applicationId, number }));
    const before = await pollsOf(deps, round.state.id);
    const room = await meetingRoom(deps, place.value);
    const opened = { roundId: round.state.id, gate: id, stage, proposal, by: by.id, items };
    const now = deps.clock.now();
    const decision = openPoll(before?.state, room, opened, now);
    if (!decision.ok) return decision;
    const events = decision.value;
    const poll = evolveAll(pollsAggregate, before?.state, events)?.polls.at(-1);
    if (!poll || events.length === 0) return await keep(deps, place.value, { before, events });
    const rankers = ballotsAwaited(poll, room, await leftOf(deps, poll));
    const outbox = pollRows(place.value, { poll, rankers }, now);
    return await keep(deps, place.value, { before, events, outbox });
  });

const chosenOf = (
  list: StandingList,
  place: OpenWorkplace,
  { numbers, group }: PollOpening,
): Result<Standing[], Refusal> => {
  const wall = wallIn(place);
  const all = pollable(list);
  const typed = new Set(
    numbers.map((number) => number.trim().toUpperCase()).filter((number) => number !== ''),
  );
  const open = new Set<string>(
    all.flatMap(({ applicationId, number }) => (wall(applicationId) ? [] : [number])),
  );
  const unknown = [...typed].filter((number) => !open.has(number));
  if (unknown.length > 0) {
    const named = unknown.slice(0, 5).map((number) => number.slice(0, 20));
    const facts = { numbers: named.join(', ') };
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'numbers', message: 'ballots.fault.unknown', facts }],
    });
  }
  const near = new Set(group ? groupAtLine(list).map(({ number }) => number) : []);
  return ok(all.filter(({ number }) => typed.has(number) || near.has(number)));
};

/** @param poll its number in the round */
export type OnPoll = CommitteeCommand & { poll: number };

/** Casts the own ballot, or another one in its place. */
export const castBallotOn = (
  deps: Deps,
  command: OnPoll & { seen: number; ranks: readonly GivenRank[] },
): Answer =>
  onPoll(deps, command, {
    action: 'poll.cast',
    decide: ({ poll, room, left, now }) =>
      castBallot(poll, room, { member: command.by.id, seen: command.seen, ranks: command.ranks, left }, now),
  });

/** Ends a poll: from then on the committee sees what its ballots come to. */
export const closePollOf = (deps: Deps, command: OnPoll): Answer =>
  onPoll(deps, command, {
    action: 'poll.lead',
    decide: ({ poll, room, left, now }) => closePoll(poll, room, { by: command.by.id, left }, now),
  });

/** Takes a poll back with a reason, before the stage is decided. */
export const annulPollOf = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: OnPoll & { reason: string },
): Answer => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  const { ref } = reason.value;
  return await onPoll(deps, command, {
    action: 'poll.lead',
    decide: ({ poll, room, now }) => annulPoll(poll, room, { by: command.by.id, reason: ref }, now),
    documents: [reason.value],
  });
};

type Standpoint = { poll: Poll; room: MeetingRoom; left: ApplicationId[]; now: Instant };

type Doing = {
  action: Action;
  decide: (at: Standpoint) => Result<PollsEvent[], Refusal>;
  documents?: readonly DocumentWrite[];
};

const onPoll = (deps: Deps, command: OnPoll, doing: Doing): Answer =>
  decideAgain(() => attemptOn(deps, command, doing), triesOfCommittee);

/** The polls are read last, so that as few as can be are stored between that and one's own. */
const attemptOn = async (deps: Deps, command: OnPoll, { action, decide, documents }: Doing): Attempt => {
  const place = await leading(deps, command, action);
  if (!place.ok) return place;
  const room = await meetingRoom(deps, place.value);
  const before = await pollsOf(deps, command.roundId);
  const poll = pollIn(before?.state, command.poll);
  if (!poll) return refuse({ kind: 'not-found', what: 'poll' });
  const { state } = place.value.gate;
  if (poll.gate !== state.id) {
    const gate = await deps.records.find(gateAggregate, poll.gate);
    const decidedAt = gate?.state.status === 'decided' ? gate.state.decidedAt : state.openedAt;
    return refuse({ kind: 'already-decided', decidedAt });
  }
  const left = await leftOf(deps, poll);
  const decision = decide({ poll, room, left, now: deps.clock.now() });
  if (!decision.ok) return decision;
  return await keep(deps, place.value, { before, events: decision.value, documents });
};

/** Where a committee ranks: at an open gate, in a round whose file lets it. */
const leading = async (
  deps: Reads,
  command: CommitteeCommand,
  action: Action,
): Promise<Result<OpenWorkplace, Refusal>> => {
  const found = await workplace(deps, command, action);
  if (!found.ok) return found;
  if (!hasPolls(found.value.file)) return refuse({ kind: 'not-found', what: 'page' });
  const place = atGate(found.value);
  if (!place.ok) return place;
  const { state } = place.value.gate;
  if (state.status === 'decided') return refuse({ kind: 'already-decided', decidedAt: state.decidedAt });
  return place;
};

type Keeping = {
  before: Versioned<Polls> | undefined;
  events: readonly PollsEvent[];
  documents?: readonly DocumentWrite[] | undefined;
  outbox?: readonly OutboxMessage[];
};

const keep = async (
  deps: Deps,
  place: OpenWorkplace,
  { before, events, documents = [], outbox = [] }: Keeping,
): Promise<Result<Versioned<Polls>, LostRace>> => {
  if (before && events.length === 0) return ok(before);
  const { change, after } = changed(pollsAggregate, place.round.id, before, events);
  const requires = stands(place);
  const stored = await store(deps, { by: place.by, changes: [change], documents, requires, outbox });
  return stored.ok ? ok(after) : stored;
};
