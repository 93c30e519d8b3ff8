import { isAway } from '#shared/domain/chair-absence.ts';
import { type Committee, votersOf } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import {
  type Gate,
  type GateEvent,
  type Meeting,
  type Recusal,
  standingScans,
  type Vote,
  type VoteChoice,
} from '#shared/domain/gate.ts';
import type { DocumentId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { presiding } from '#shared/domain/presiding.ts';
import {
  type Quorum,
  type VotingRule,
  votesNeeded,
  votesNeededWithout,
} from '#shared/domain/recusal-rule.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<GateEvent[], Refusal>;

/**
 * Stops work on the stage so that a proposal can be drawn up of what then stands still: whatever was decided before it is
 * stored by now or loses its race, because the gate has moved on.
 */
export const stopWork = (gate: Gate, now: Instant): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  return ok(gate.proposal || gate.stoppedAt ? [] : [{ type: 'work-stopped', at: now }]);
};

/**
 * Lets work go on because no proposal came of it.
 * @param own when the stop was made that is taken back; that of anybody else stays. Any stop where it is not said.
 */
export const resumeWork = (gate: Gate, now: Instant, own: Instant | undefined = gate.stoppedAt): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  return ok(gate.stoppedAt && gate.stoppedAt === own ? [{ type: 'work-resumed', at: now }] : []);
};

/** Puts a proposal on the table. The same one again changes nothing; another takes its place and votes start again. */
export const drawUp = (gate: Gate, drawn: { proposal: Sha256; reads: Sha256 }, now: Instant): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  return ok(gate.proposal === drawn.proposal ? [] : [{ type: 'proposal-drawn-up', at: now, ...drawn }]);
};

/** Takes the proposal off the table, so that work on the stage may go on. */
export const withdrawProposal = (
  gate: Gate,
  { shown }: { shown: string | undefined },
  now: Instant,
): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  const { proposal } = gate;
  // Another one was drawn up, and voted on.
  if (proposal && shown !== undefined && proposal !== shown) return refuse({ kind: 'changed-meanwhile' });
  return proposal ? ok([{ type: 'proposal-withdrawn', at: now, proposal }]) : resumeWork(gate, now);
};

/** A vote as it is given. `proposal` is what its page showed: a vote on anything else is refused. */
export type Ballot = {
  memberId: PersonId;
  choice: VoteChoice;
  reason?: DocumentRef;
  proposal: Sha256;
  /** Entered by the secretary from a signed sheet. */
  scan?: DocumentId;
};

/**
 * Casts or changes a member's vote. Refused after the decision, without a proposal or on another one, for who has no
 * vote, without a reason where the vote is not `for`, from a sheet that has not arrived, and from a sheet
 * where the member has voted in person.
 */
export const castVote = (gate: Gate, committee: Committee, ballot: Ballot, now: Instant): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  if (!gate.proposal) return refuse({ kind: 'no-proposal' });
  if (gate.proposal !== ballot.proposal) return refuse({ kind: 'changed-meanwhile' });
  const { memberId, choice, reason, scan } = ballot;
  if (!votersOf(committee).includes(memberId)) return refuse({ kind: 'not-allowed' });
  if (isAway(gate, committee, memberId)) return refuse({ kind: 'chair-away' });
  if (choice !== 'for' && !reason) return refuse({ kind: 'reason-needed' });
  const misread = scan && onPaper(gate, memberId, scan);
  if (misread) return refuse(misread);
  const vote: Vote = { memberId, choice, at: now, ...(reason && { reason }), ...(scan && { scan }) };
  return ok(isSame(gate, vote) ? [] : [{ type: 'vote-cast', at: now, proposal: gate.proposal, vote }]);
};

/** Why a vote cannot be entered from a sheet. */
const onPaper = (gate: Gate, memberId: PersonId, scan: DocumentId): Refusal | undefined => {
  const own = gate.votes.find((vote) => vote.memberId === memberId);
  if (own && !own.scan) return { kind: 'own-vote-stands' };
  const arrived = standingScans(gate).some(({ id }) => id === scan);
  return arrived ? undefined : { kind: 'not-found', what: 'document' };
};

/** The same choice for the same reason, once more: a double click. */
const isSame = (gate: Gate, vote: Vote): boolean =>
  gate.votes.some(
    ({ memberId, choice, reason, scan }) =>
      memberId === vote.memberId &&
      choice === vote.choice &&
      reason?.digest === vote.reason?.digest &&
      scan === vote.scan,
  );

/** What whoever records it has seen: at which gate, and how many meetings recorded there. */
export type SeenGate = { gate: GateId; after: number };

type MeetingToRecord = SeenGate & {
  postponed: boolean;
  present: readonly PersonId[];
  reason?: DocumentRef;
  quorum: Quorum;
};

/**
 * Records a meeting. Fewer present than the quorum makes it inquorate, whatever was written. The same one once more, after as many
 * others, is a second press; where another one was recorded meanwhile, or the stage has changed, who records is told.
 */
export const recordMeeting = (
  gate: Gate,
  committee: Committee,
  meeting: MeetingToRecord,
  now: Instant,
): Decision => {
  if (meeting.gate !== gate.id) return refuse({ kind: 'changed-meanwhile' });
  if (gate.status === 'decided') return alreadyDecided(gate);
  const { postponed, reason, quorum, after } = meeting;
  if (postponed && !reason) return refuse({ kind: 'reason-needed' });
  const voters = votersOf(committee);
  const present = [...new Set(meeting.present)].filter((id) => voters.includes(id)).toSorted();
  const quorate = present.length >= votesNeeded(voters.length, quorum);
  const outcome: Meeting['outcome'] = postponed ? 'postponed' : quorate ? 'held' : 'inquorate';
  const recorded = { at: now, outcome, present: postponed ? [] : present, ...(reason && { reason }) };
  if (after === gate.meetings.length) return ok([{ type: 'meeting-recorded', at: now, meeting: recorded }]);
  const standing = gate.meetings[after];
  return standing && isSameMeeting(standing, recorded) ? ok([]) : refuse({ kind: 'changed-meanwhile' });
};

const isSameMeeting = (one: Meeting, other: Meeting): boolean =>
  one.outcome === other.outcome &&
  one.reason?.digest === other.reason?.digest &&
  one.present.join() === other.present.join();

/** Whether somebody's vote lies on the table: until the chair decides, or the proposal is taken back, nobody may take it away. */
export const voteStands = (gate: Gate | undefined, personId: PersonId): boolean =>
  gate?.status === 'open' && gate.votes.some(({ memberId }) => memberId === personId);

/** How the votes stand, counting only those who have a vote now. */
export type Tally = { for: number; against: number; abstain: number; needed: number; carried: boolean };

/**
 * Carried by more votes for than against; a tie is decided by the vote of the chair, or of who replaces the chair. Abstentions count
 * for the quorum only.
 * @param away voters who take no part because of a conflict of interest
 */
export const tallyOf = (
  gate: Gate,
  committee: Committee,
  { rule, away = [] }: { rule: VotingRule; away?: readonly PersonId[] },
): Tally => {
  const voters = votersOf(committee);
  const absent = voters.filter((id) => away.includes(id)).length;
  const counted = gate.votes.filter(({ memberId: id }) => voters.includes(id) && !away.includes(id));
  const count = (choice: VoteChoice): number => counted.filter((vote) => vote.choice === choice).length;
  const tally = { for: count('for'), against: count('against'), abstain: count('abstain') };
  const chair = presiding({ committee, gate }, away);
  const casting = counted.find(({ memberId }) => memberId === chair);
  const carried = tally.for > tally.against || (tally.for === tally.against && casting?.choice === 'for');
  return { ...tally, needed: votesNeededWithout(absent, { voters: voters.length, rule }), carried };
};

/**
 * The chair decides on the proposal that the page showed. Refused without quorum or majority and after a decision: of two who press at
 * once, the second is told that it was decided. Applications for which somebody's vote does not count are `recusal.ts`.
 */
export const decideGate = (
  gate: Gate,
  committee: Committee,
  decision: {
    proposal: Sha256;
    rule: VotingRule;
    away?: readonly PersonId[];
    recusals?: readonly Recusal[];
  },
  now: Instant,
): Decision => {
  if (gate.status === 'decided') return alreadyDecided(gate);
  if (!gate.proposal) return refuse({ kind: 'no-proposal' });
  if (gate.proposal !== decision.proposal) return refuse({ kind: 'changed-meanwhile' });
  const tally = tallyOf(gate, committee, decision);
  const cast = tally.for + tally.against + tally.abstain;
  if (cast < tally.needed) return refuse({ kind: 'no-quorum', cast, needed: tally.needed });
  if (!tally.carried) return refuse({ kind: 'not-carried', for: tally.for, against: tally.against });
  const { recusals = [] } = decision;
  const recorded = recusals.length > 0 && { recusals: [...recusals] };
  return ok([{ type: 'gate-decided', at: now, outcome: 'advanced', proposal: gate.proposal, ...recorded }]);
};

/** Work on a stage goes on only at its open gate, and stands still while a proposal lies on the table. */
export const acceptsWork = (gate: Gate | undefined): Result<Gate, Refusal> => {
  if (!gate) return refuse({ kind: 'gate-not-open' });
  if (gate.status === 'decided') return alreadyDecided(gate);
  return gate.proposal || gate.stoppedAt ? refuse({ kind: 'proposal-on-table' }) : ok(gate);
};

const alreadyDecided = (gate: Extract<Gate, { status: 'decided' }>): Result<never, Refusal> =>
  refuse({ kind: 'already-decided', decidedAt: gate.decidedAt });
