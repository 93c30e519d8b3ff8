import * as z from 'zod';
import { UploadFault } from '#shared/domain/application.ts';
import { absenceEvents, ChairAbsence } from '#shared/domain/chair-absence.ts';
import { Motion, withMotion } from '#shared/domain/departure.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { ApplicationNumber, DocumentId, GateId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { MediaType } from '#shared/domain/media-type.ts';
import {
  isReminderEvent,
  type ReminderEvent,
  Reminders,
  reminderEvents,
  withReminder,
} from '#shared/domain/reminding.ts';
import type { Round } from '#shared/domain/round.ts';
import { GatedStage, type Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a decided gate tells the machine, which then reads the round again. */
export const GateOutcome = z.enum(['advanced', 'undone', 'cancelled']);
export type GateOutcome = z.infer<typeof GateOutcome>;

export const VoteChoice = z.enum(['for', 'against', 'abstain']);
export type VoteChoice = z.infer<typeof VoteChoice>;

/** One member's newest vote on the proposal that lies on the table. */
export const Vote = z.object({
  memberId: PersonId,
  choice: VoteChoice,
  /** Typed; votes against and abstentions have one. */
  reason: DocumentRef.optional(),
  at: Instant,
  /** The scan from which the secretary entered it, when it was given on paper. */
  scan: DocumentId.optional(),
});
export type Vote = z.infer<typeof Vote>;

/** Applications that were decided without the votes of these members, whom a conflict of interest keeps away from them. */
export const Recusal = z.object({
  members: z.array(PersonId).min(1),
  applications: z.array(ApplicationNumber).min(1),
  /** Who decided in the place of the chair, where the chair is one of the members. */
  presided: PersonId.optional(),
  /** Votes that the quorum asked for there, where the round file has a rule for it. */
  needed: z.int().min(1).optional(),
  /** These are all applications of the list, since by that rule a conflict with one keeps a member away from all. */
  wholeList: z.literal(true).optional(),
});
export type Recusal = z.infer<typeof Recusal>;

/** A meeting as the secretary recorded it. `inquorate`: too few came; `postponed`: it did not take place. */
export const Meeting = z.object({
  at: Instant,
  outcome: z.enum(['held', 'inquorate', 'postponed']),
  present: z.array(PersonId),
  reason: DocumentRef.optional(),
});
export type Meeting = z.infer<typeof Meeting>;

/** A signed sheet of votes, uploaded by the secretary. */
const Scan = z.object({
  id: DocumentId,
  announcedAt: Instant,
  sha256: Sha256.optional(),
  mediaType: MediaType.optional(),
  /** Why it was thrown away. */
  refused: UploadFault.optional(),
});
export type Scan = z.infer<typeof Scan>;

/** Sheets that arrived and stand: votes are entered from these alone. */
export const standingScans = ({ scans }: { scans: readonly Scan[] }): Scan[] =>
  scans.filter(({ sha256, refused }) => sha256 !== undefined && refused === undefined);

const common = {
  id: GateId,
  roundId: RoundId,
  stage: GatedStage,
  /** How often the round has entered this stage. */
  attempt: z.int().min(1),
  openedAt: Instant,
  /** Tokens issued so far: a timed-out wait is issued again, never approved by itself. */
  issues: z.int().min(1),
  /** SHA-256 of the newest task token; the token itself lies beside the gate and in no event. */
  tokenDigest: Sha256,
  /** SHA-256 of the standing list that lies on the table; while one does, what it was drawn up from stands still. */
  proposal: Sha256.optional(),
  /** Since when work stands still because a proposal is being drawn up of it. */
  stoppedAt: Instant.optional(),
  votes: z.array(Vote),
  /** Departures from what the points propose, the newest of each application; absent until the first is moved. */
  motions: z.array(Motion).optional(),
  meetings: z.array(Meeting),
  /** That the chair is away, and who was elected to chair instead; absent where the chair is there. */
  absence: ChairAbsence.optional(),
  scans: z.array(Scan),
  /** When members were last reminded of what they owe here; absent until the first reminder. */
  reminded: Reminders.optional(),
};

/** Where a round waits for people: one per round, stage and attempt. */
export const Gate = z.discriminatedUnion('status', [
  z.object({ ...common, status: z.literal('open') }),
  z.object({
    ...common,
    status: z.literal('decided'),
    outcome: GateOutcome,
    decidedAt: Instant,
    recusals: z.array(Recusal).optional(),
  }),
]);
export type Gate = z.infer<typeof Gate>;

export const GateEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('gate-opened'),
    at: Instant,
    id: GateId,
    roundId: RoundId,
    stage: GatedStage,
    attempt: z.int(),
    tokenDigest: Sha256,
  }),
  z.object({ type: z.literal('gate-reissued'), at: Instant, tokenDigest: Sha256 }),
  z.object({ type: z.literal('work-stopped'), at: Instant }),
  z.object({ type: z.literal('work-resumed'), at: Instant }),
  /** Earlier votes were about another proposal: they stay in the history and no longer count. */
  z.object({
    type: z.literal('proposal-drawn-up'),
    at: Instant,
    proposal: Sha256,
    /** Of the text that says which version of each record it was drawn up from; events before 27 November 2026 lack it. */
    reads: Sha256.optional(),
  }),
  z.object({ type: z.literal('proposal-withdrawn'), at: Instant, proposal: Sha256 }),
  /** Takes the proposal off the table: the next one has the departure in it. */
  z.object({ type: z.literal('departure-moved'), at: Instant, motion: Motion }),
  z.object({ type: z.literal('vote-cast'), at: Instant, proposal: Sha256, vote: Vote }),
  z.object({ type: z.literal('meeting-recorded'), at: Instant, meeting: Meeting }),
  ...absenceEvents,
  ...reminderEvents,
  z.object({ type: z.literal('scan-announced'), at: Instant, scan: DocumentId }),
  z.object({
    type: z.literal('scan-received'),
    at: Instant,
    scan: DocumentId,
    sha256: Sha256,
    /** Events before 26 November 2026 lack it. */
    mediaType: MediaType.optional(),
  }),
  z.object({ type: z.literal('scan-refused'), at: Instant, scan: DocumentId, because: UploadFault }),
  z.object({
    type: z.literal('gate-decided'),
    at: Instant,
    outcome: GateOutcome,
    proposal: Sha256.optional(),
    /** Absent where every vote counted for the whole list, and in events before 27 November 2026. */
    recusals: z.array(Recusal).optional(),
  }),
]);
export type GateEvent = z.infer<typeof GateEvent>;

/** Opens a gate, or gives the one that stands a new token. A decided gate takes no token: the caller re-reads the round. */
export const issueGate = (
  gate: Gate | undefined,
  place: GatePlace & { id: GateId },
  tokenDigest: Sha256,
  now: Instant,
): GateEvent[] => {
  if (!gate) return [{ type: 'gate-opened', at: now, ...place, tokenDigest }];
  if (gate.status === 'decided' || gate.tokenDigest === tokenDigest) return [];
  return [{ type: 'gate-reissued', at: now, tokenDigest }];
};

/** Lets a gate go because its round was cancelled or went back. A decision is made once; the first one stands. */
export const letGateGo = (gate: Gate, outcome: 'undone' | 'cancelled', now: Instant): GateEvent[] =>
  gate.status === 'decided' ? [] : [{ type: 'gate-decided', at: now, outcome }];

export type GatePlace = { roundId: RoundId; stage: GatedStage; attempt: number };

/** Where a round waits now; a stage that it went back to is entered once more. */
export const gatePlace = (round: {
  id: RoundId;
  stage: GatedStage;
  visits: Partial<Record<GatedStage, number>>;
}): GatePlace => ({ roundId: round.id, stage: round.stage, attempt: round.visits[round.stage] ?? 1 });

/**
 * The claim that makes a gate the only one of its round, stage and attempt. Its value is the gate's id, or `noGate`
 * where the round was cancelled or went back before one opened.
 */
export const gateClaim = (place: { roundId: RoundId; stage: Stage; attempt: number }): string =>
  `gate-of#${place.roundId}#${place.stage}#${place.attempt}`;

export const noGate = 'cancelled';

/** All gates of a round, in the order in which they opened. */
export const gatesOf = (round: Pick<Round, 'id'>): string => `GATES#${round.id}`;

export const gateAggregate: Aggregate<Gate, GateEvent> = {
  name: 'gate',
  event: GateEvent,
  snapshot: Gate,
  evolve: (gate, event) => {
    if (event.type === 'gate-opened') {
      const { id, roundId, stage, attempt, tokenDigest, at } = event;
      const empty = { votes: [], meetings: [], scans: [] };
      return { id, roundId, stage, attempt, openedAt: at, issues: 1, tokenDigest, ...empty, status: 'open' };
    }
    if (!gate) throw new Error(`A gate cannot begin with ${event.type}.`);
    if (isAbsenceEvent(event)) return withAbsence(gate, event);
    if (isReminderEvent(event)) return withReminder(gate, event);
    return evolveGate(gate, event);
  },
  lists: (gate) => ({ list: { key: gatesOf({ id: gate.roundId }), sort: `${gate.openedAt}#${gate.id}` } }),
};

type AbsenceEvent = Extract<GateEvent, { type: 'chair-absent' | 'chair-returned' }>;

const isAbsenceEvent = (event: GateEvent): event is AbsenceEvent =>
  event.type === 'chair-absent' || event.type === 'chair-returned';

type OtherEvent = Exclude<GateEvent, AbsenceEvent | ReminderEvent | { type: 'gate-opened' }>;

const evolveGate = (gate: Gate, event: OtherEvent): Gate => {
  switch (event.type) {
    case 'gate-reissued':
      return { ...gate, issues: gate.issues + 1, tokenDigest: event.tokenDigest };
    case 'work-stopped':
      return { ...gate, stoppedAt: event.at };
    case 'work-resumed': {
      const { stoppedAt: _before, ...rest } = gate;
      return rest;
    }
    case 'proposal-drawn-up': {
      const { stoppedAt: _before, ...rest } = gate;
      return { ...rest, proposal: event.proposal, votes: [] };
    }
    case 'proposal-withdrawn': {
      const { proposal: _withdrawn, ...rest } = gate;
      return { ...rest, votes: [] };
    }
    case 'departure-moved': {
      const { proposal: _before, ...rest } = gate;
      // Work stays stopped: nothing but the departure may tell the next list from this one.
      return { ...rest, stoppedAt: event.at, votes: [], motions: withMotion(gate.motions, event.motion) };
    }
    case 'vote-cast': {
      const others = gate.votes.filter(({ memberId }) => memberId !== event.vote.memberId);
      return { ...gate, votes: [...others, event.vote] };
    }
    case 'meeting-recorded':
      return { ...gate, meetings: [...gate.meetings, event.meeting] };
    case 'scan-announced':
      return { ...gate, scans: [...gate.scans, { id: event.scan, announcedAt: event.at }] };
    case 'scan-received': {
      const { scan, sha256, mediaType } = event;
      return withScan(gate, scan, { sha256, ...(mediaType && { mediaType }) });
    }
    case 'scan-refused':
      return withScan(gate, event.scan, { refused: event.because });
    case 'gate-decided':
      return decided(gate, event);
    default:
      return event satisfies never;
  }
};

const withAbsence = ({ absence: _before, ...gate }: Gate, event: AbsenceEvent): Gate => {
  if (event.type === 'chair-returned') return gate;
  const { at, chair, standIn, reason } = event;
  return { ...gate, absence: { at, chair, standIn, reason } };
};

const decided = (
  gate: Gate,
  { outcome, at, recusals }: Extract<GateEvent, { type: 'gate-decided' }>,
): Gate => ({ ...gate, status: 'decided', outcome, decidedAt: at, ...(recusals && { recusals }) });

const withScan = (gate: Gate, scan: DocumentId, change: Partial<Scan>): Gate => ({
  ...gate,
  scans: gate.scans.map((one) => (one.id === scan ? Object.assign({}, one, change) : one)),
});
