import { awaitedAt, toldAwaited } from '#functions/commands/awaited-cards.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussionRoom, meetingRoom, roomAt } from '#functions/commands/meeting-room.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { typedReason } from '#functions/commands/reasons.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import {
  atGate,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import {
  type Discussions,
  type DiscussionsEvent,
  discussionsAggregate,
  lastDiscussion,
} from '#shared/domain/discussion.ts';
import { beginning } from '#shared/domain/discussion-awaiting.ts';
import { type Move, moveDiscussion, openDiscussion } from '#shared/domain/discussion-decisions.ts';
import { type Discussable, discussableIn, discussableOf } from '#shared/domain/discussion-items.ts';
import { presentAt } from '#shared/domain/discussion-room.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { recordMeeting } from '#shared/domain/gate-decisions.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { gatedStages } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Discussions>, Refusal>>;

/** What a committee could talk about now, in the order of the list: the one on the table, or whoever is in the stage. */
const discussable = async (
  { records }: Pick<Reads, 'records'>,
  { gate, round }: OpenWorkplace,
): Promise<Discussable[]> => {
  const { proposal } = gate.state;
  if (proposal) return discussableOf(await standingListOf(records, proposal));
  const candidacies = (await candidaciesIn(records, round.state.id)).map(({ state }) => state);
  const { stage } = round.state;
  if (stage === 'screening') return discussableIn(candidacies);
  const before = gatedStages
    .slice(0, gatedStages.indexOf(stage))
    .findLast((one) => round.state.decisions[one]);
  const list = before && (await decidedList(records, round.state, before));
  const admitted = new Set(
    list?.standings.flatMap(({ applicationId, outcome }) => (outcome === 'goes-on' ? [applicationId] : [])),
  );
  return discussableIn(candidacies)
    .filter(({ applicationId }) => admitted.has(applicationId))
    .map((one) => Object.assign(one, { suggested: false }));
};

/** What a meeting will hardly decide without talking about it. Where nothing can be suggested, nobody's record is read for it. */
export const suggestedAt = async (
  deps: Pick<Reads, 'records'>,
  place: OpenWorkplace,
): Promise<Discussable[]> => {
  const isSuggesting = place.gate.state.proposal !== undefined || place.round.state.stage === 'screening';
  return isSuggesting ? (await discussable(deps, place)).filter(({ suggested }) => suggested) : [];
};

/** Why whoever is in the chair has applications discussed that still wait for cards; nothing where nobody says why. */
type Reasoned = { reason?: string | undefined };

/** @param numbers what was typed, one a word; those that are closed to whoever opens it are no more found than wrong ones */
export type Opening = Reasoned & {
  suggested: boolean;
  numbers: readonly string[];
  absent: readonly PersonId[];
};

/** Opens a discussion of some applications, in the order in which people have to leave the room as seldom as possible. */
export const openDiscussionOf = async (deps: Deps, command: CommitteeCommand & Opening): Answer => {
  const reason = typedReason(deps, { ...command, reason: command.reason ?? '' });
  if (!reason.ok) return reason;
  return await decideAgain(async (): Promise<Result<Versioned<Discussions>, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'discussion.lead');
    const place = found.ok ? atGate(found.value) : found;
    if (!place.ok) return place;
    const { gate, round, by } = place.value;
    if (gate.state.status === 'decided') {
      return refuse({ kind: 'already-decided', decidedAt: gate.state.decidedAt });
    }
    const before = await deps.records.find(discussionsAggregate, gate.id);
    const last = lastDiscussion(before?.state);
    if (last && last.closedAt === undefined && last.by !== by.id)
      return refuse({ kind: 'changed-meanwhile' });
    const chosen = chosenOf(await discussable(deps, place.value), place.value, command);
    if (!chosen.ok) return chosen;
    const items = chosen.value.map(({ applicationId, number }) => ({ applicationId, number }));
    const { awaited, requires } = await awaitedAt(deps, place.value, items);
    const opening = {
      gate: gate.state.id,
      roundId: round.state.id,
      by: by.id,
      absent: command.absent,
      items,
      awaited,
      reason: reason.value?.ref,
    };
    const room = await meetingRoom(deps, place.value);
    const decision = openDiscussion(before?.state, room, opening, deps.clock.now());
    if (!decision.ok) return toldAwaited(place.value, decision.error);
    const events = decision.value;
    return await storeSteps(deps, place.value, { before, events, requires, reason: reason.value });
  });
};

const chosenOf = (
  all: readonly Discussable[],
  place: OpenWorkplace,
  { numbers, suggested }: Opening,
): Result<Discussable[], Refusal> => {
  const wall = wallIn(place);
  const typed = new Set(
    numbers.map((number) => number.trim().toUpperCase()).filter((number) => number !== ''),
  );
  const open = new Set<string>(
    all.flatMap(({ applicationId, number }) => (wall(applicationId) ? [] : [number])),
  );
  const unknown = [...typed].filter((number) => !open.has(number));
  if (unknown.length > 0) {
    const facts = {
      numbers: unknown
        .slice(0, 5)
        .map((number) => number.slice(0, 20))
        .join(', '),
    };
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'numbers', message: 'discussion.fault.unknown', facts }],
    });
  }
  return ok(all.filter((one) => typed.has(one.number) || (suggested && one.suggested)));
};

/** Takes up another application, pauses, goes on, orders the rest anew, or closes; closing records the meeting at the gate. */
export const moveDiscussionOf = async (
  deps: Deps,
  command: CommitteeCommand & Reasoned & { seen: number; move: Move },
): Answer => {
  const reason = typedReason(deps, { ...command, reason: command.reason ?? '' });
  if (!reason.ok) return reason;
  return await decideAgain(async (): Promise<Result<Versioned<Discussions>, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'discussion.lead');
    const place = found.ok ? atGate(found.value) : found;
    if (!place.ok) return place;
    const { gate, by } = place.value;
    const before = await deps.records.find(discussionsAggregate, gate.id);
    if (!before) return refuse({ kind: 'changed-meanwhile' });
    const { seen, move } = command;
    const now = deps.clock.now();
    const room = await discussionRoom(deps, place.value);
    const begun = beginning(lastDiscussion(before.state), room, { by: by.id, move });
    const { awaited, requires } = await awaitedAt(deps, place.value, begun);
    const step = { by: by.id, seen, move, awaited, reason: reason.value?.ref };
    const decision = moveDiscussion(before, room, step, now);
    if (!decision.ok) return toldAwaited(place.value, decision.error);
    const events = decision.value;
    return await storeSteps(deps, place.value, { before, events, requires, reason: reason.value });
  });
};

type Steps = {
  before: Versioned<Discussions> | undefined;
  events: DiscussionsEvent[];
  /** What says that nothing is awaited, or what is. */
  requires: NonNullable<Commit['requires']>;
  reason: DocumentWrite | undefined;
};

/** Stores what was decided, with the meeting at the gate where it closes the discussion. */
export const storeSteps = async (
  deps: Deps,
  place: OpenWorkplace,
  { before, events, requires, reason }: Steps,
): Promise<Result<Versioned<Discussions>, Refusal | LostRace>> => {
  if (before && events.length === 0) return ok(before);
  const { change, after } = changed(discussionsAggregate, place.gate.id, before, events);
  const meeting = events.some(({ type }) => type === 'discussion-closed')
    ? meetingOf(deps, place, after)
    : [];
  const isSaid = events.some((event) => 'despite' in event);
  const standing = stands(place).filter(({ aggregate }) => aggregate !== 'gate' || meeting.length === 0);
  const stored = await store(deps, {
    by: place.by,
    changes: [change, ...meeting],
    requires: [...standing, ...requires],
    documents: reason && isSaid ? [reason] : [],
  });
  return stored.ok ? ok(after) : stored;
};

/** The meeting as the secretary would record it by hand; none where the gate is decided. */
const meetingOf = (
  { clock }: Pick<Deps, 'clock'>,
  place: OpenWorkplace,
  { state }: Versioned<Discussions>,
) => {
  const { gate, committee, file } = place;
  const discussion = lastDiscussion(state);
  if (!discussion || gate.state.status === 'decided') return [];
  const present = presentAt(roomAt(place), discussion);
  const { quorum } = file.committee;
  const recorded = recordMeeting(
    gate.state,
    committee.state,
    { gate: gate.state.id, postponed: false, present, quorum, after: gate.state.meetings.length },
    clock.now(),
  );
  return recorded.ok ? [changed(gateAggregate, gate.id, gate, recorded.value).change] : [];
};
