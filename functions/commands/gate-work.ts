import { settleConflicts } from '#functions/commands/conflict-settling.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { furtherDue } from '#functions/commands/near-line.ts';
import { composeProposal } from '#functions/commands/proposals/index.ts';
import { reasonText, typedReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store, triesOfCommittee } from '#functions/commands/storing.ts';
import { votingRows } from '#functions/commands/vote-rows.ts';
import {
  atGateWith,
  atSeenGate,
  type CommitteeCommand,
  type OpenWorkplace,
  type SeenAt,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import { lacksOf } from '#shared/domain/committee-changes.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { type Gate, type GateEvent, gateAggregate, type VoteChoice } from '#shared/domain/gate.ts';
import {
  acceptsWork,
  type Ballot,
  castVote,
  drawUp,
  recordMeeting,
  resumeWork,
  type SeenGate,
  stopWork,
  withdrawProposal,
} from '#shared/domain/gate-decisions.ts';
import type { DocumentId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { standingText } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { notingReads } from '#shared/replay/reads.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Gate>, Refusal>>;
type Decision = Result<GateEvent[], Refusal>;
type Decide = (place: OpenWorkplace, now: Instant) => Decision | Promise<Decision>;

/**
 * Draws the stage's proposal up and puts it on the table. Work stops first, so that nothing is stored between the reading
 * of what it is drawn up from and its arrival there; where none comes of it, work goes on, unless somebody else stopped it, who may be
 * reading at this moment. Refused while the committee
 * is not complete, or somebody's work is not finished, as it is where a conflict of interest has just taken some away.
 */
export const drawUpProposal = async (deps: Deps, command: CommitteeCommand & SeenAt): Answer => {
  const place = await openPlace(deps, command, 'gate.draw-up');
  if (!place.ok) return place;
  const settled = await settleConflicts(deps, command);
  if (!settled.ok) return settled;
  let own: Instant | undefined;
  const stopped = await work(deps, command, 'gate.draw-up', {
    decide: ({ gate }, now) => {
      const stop = stopWork(gate.state, now);
      own = stop.ok && stop.value.length > 0 ? now : undefined;
      return stop;
    },
  });
  if (!stopped.ok) return stopped;
  const drawn = await drawUpOfStopped(deps, command, 'gate.draw-up');
  if (!drawn.ok && own) {
    await work(deps, command, 'gate.draw-up', {
      decide: ({ gate }, now) => resumeWork(gate.state, now, own),
    });
  }
  return drawn;
};

/** The same once work stands still; `action` is what lets somebody do it. */
export const drawUpOfStopped = (
  deps: Deps,
  { by, roundId }: CommitteeCommand,
  action: 'gate.draw-up' | 'gate.depart',
): Answer =>
  decideAgain(async () => {
    const place = await openPlace(deps, { by, roundId }, action);
    if (!place.ok) return place;
    // Somebody let work go on meanwhile: what is read now may be stale by the time it would lie on the table.
    if (acceptsWork(place.value.gate.state).ok) return refuse({ kind: 'lost-race' });
    const lacks = lacksOf(place.value.committee.state, place.value.file.committee);
    if (lacks.length > 0) return refuse({ kind: 'committee-incomplete', lacks });
    const { round, gate, committee } = place.value;
    const at = deps.clock.now();
    const noted = notingReads(deps.records, [
      { aggregate: 'round', ...round },
      { aggregate: 'gate', ...gate },
      { aggregate: 'committee', ...committee },
    ]);
    const { records } = noted;
    const composed = await composeProposal({ records, clock: { now: () => at } }, place.value);
    if (!composed.ok) return composed;
    const remaining = await furtherDue(deps, place.value);
    if (remaining > 0) return refuse({ kind: 'further-ratings-due', remaining });
    const proposal = standingText(composed.value);
    const reads = noted.text();
    const drawn = { proposal: proposal.sha256, reads: reads.sha256 };
    const decision = drawUp(gate.state, drawn, at);
    const { standings } = composed.value;
    const outbox = decision.ok ? votingRows(place.value, { standings, events: decision.value }, at) : [];
    return await storeGate(deps, { place: place.value, decision, blobs: [proposal, reads], outbox });
  });

/** Takes the proposal off the table: `shown`, where somebody says which they saw there. */
export const takeProposalBack = (
  deps: Deps,
  { shown, ...command }: CommitteeCommand & SeenAt & { shown?: string | undefined },
): Answer =>
  work(deps, command, 'gate.draw-up', {
    decide: ({ gate }, now) => withdrawProposal(gate.state, { shown }, now),
  });

/** A vote, with its typed reason where there is one. */
export type VoteCommand = CommitteeCommand & {
  proposal: Sha256;
  choice: VoteChoice;
  reason: string;
};

/** Casts the own vote. */
export const vote = async (deps: Deps, command: VoteCommand): Answer => {
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  const reason = typed.value;
  return await work(deps, command, 'gate.vote', {
    reason,
    decide: async ({ gate, committee }, now) => {
      const { proposal, choice, by } = command;
      const ballot = await withStanding(deps, gate.state, {
        memberId: by.id,
        choice,
        proposal,
        ...(reason && { reason: reason.ref, text: command.reason }),
      });
      return castVote(gate.state, committee.state, ballot, now);
    },
  });
};

/** A ballot for the reason that stands where the same vote stands for the same words: each typed reason is a document of its own. */
const withStanding = async (
  { records }: Pick<Deps, 'records'>,
  gate: Gate,
  { text, ...ballot }: Ballot & { text?: string },
): Promise<Ballot> => {
  const standing = gate.votes.find(({ memberId }) => memberId === ballot.memberId);
  const isSame = standing?.choice === ballot.choice && standing.scan === ballot.scan;
  if (!isSame || !standing.reason || text === undefined) return ballot;
  const isSaid = (await reasonText(records, standing.reason)) === text.trim();
  return isSaid ? { ...ballot, reason: standing.reason } : ballot;
};

/** Votes that were given on paper, entered by the secretary from a scanned sheet: all of them or none. */
export const enterPaperVotes = async (
  deps: Deps,
  command: CommitteeCommand & {
    proposal: Sha256;
    scan: DocumentId;
    votes: readonly { memberId: PersonId; choice: VoteChoice }[];
    reason: string;
  },
): Answer => {
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  const reason = typed.value;
  return await work(deps, command, 'gate.record', {
    reason,
    decide: async ({ gate, committee }, now) => {
      const { proposal, scan, reason: text } = command;
      const events: GateEvent[] = [];
      for (const { memberId, choice } of command.votes) {
        const given = { memberId, choice, proposal, scan, ...(reason && { reason: reason.ref, text }) };
        const ballot = await withStanding(deps, gate.state, given);
        const decision = castVote(gate.state, committee.state, ballot, now);
        if (!decision.ok) return decision;
        events.push(...decision.value);
      }
      return ok(events);
    },
  });
};

type MeetingCommand = CommitteeCommand &
  SeenGate & {
    postponed: boolean;
    present: readonly PersonId[];
    reason: string;
  };

/** A press before anybody is ticked would stand in the minutes as a meeting to which nobody came. */
const nobodyPresent: Refusal = {
  kind: 'invalid',
  faults: [{ place: 'present', message: 'committee.meeting.nobody' }],
};

/** Records a meeting: who was there, or that it was postponed and why. */
export const recordGateMeeting = async (deps: Deps, command: MeetingCommand): Answer => {
  if (!command.postponed && command.present.length === 0) return refuse(nobodyPresent);
  const typed = typedReason(deps, command);
  if (!typed.ok) return typed;
  const reason = typed.value;
  return await work(deps, command, 'gate.record', {
    reason,
    decide: async ({ gate, committee, file }, now) => {
      const { gate: seen, postponed, present, after } = command;
      const { quorum } = file.committee;
      const standing = gate.state.meetings[after]?.reason;
      const isSaid = (await reasonText(deps.records, standing)) === command.reason.trim();
      const ref = reason && standing && isSaid ? standing : reason?.ref;
      const meeting = { gate: seen, postponed, present, quorum, after, ...(ref && { reason: ref }) };
      return recordMeeting(gate.state, committee.state, meeting, now);
    },
  });
};

const work = (
  deps: Deps,
  command: CommitteeCommand & SeenAt,
  action: Action,
  { decide, reason }: { decide: Decide; reason?: DocumentWrite | undefined },
): Answer =>
  decideAgain(async () => {
    const place = await openPlace(deps, command, action);
    if (!place.ok) return place;
    const decision = await decide(place.value, deps.clock.now());
    const documents = reason ? [reason] : [];
    return await storeGate(deps, { place: place.value, decision, documents });
  }, triesOfCommittee);

const openPlace = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand & SeenAt & { proposal?: Sha256 },
  action: Action,
): Promise<Result<OpenWorkplace, Refusal>> => {
  const place = await workplace(deps, command, action);
  if (!place.ok) return place;
  return command.proposal ? atGateWith(place.value, command.proposal) : atSeenGate(place.value, command);
};

export const storeGate = async (
  deps: Pick<CommandDeps, 'records' | 'nudge'>,
  {
    place,
    decision,
    ...beside
  }: {
    place: OpenWorkplace;
    decision: Result<GateEvent[], Refusal>;
  } & Pick<Commit, 'blobs' | 'documents' | 'outbox'>,
): Promise<Result<Versioned<Gate>, Refusal | LostRace>> => {
  const { by, gate } = place;
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(gate);
  const { change, after } = changed(gateAggregate, gate.id, gate, decision.value);
  const requires = stands(place).filter(({ aggregate }) => aggregate !== 'gate');
  const stored = await store(deps, { by, changes: [change], requires, ...beside });
  return stored.ok ? ok(after) : stored;
};
