import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { DepartureAnswer, departureAnswer } from '#functions/api/departures.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { advanceRound, undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { type GateView, gateView } from '#functions/commands/gate-view.ts';
import {
  drawUpProposal,
  enterPaperVotes,
  recordGateMeeting,
  takeProposalBack,
  vote,
} from '#functions/commands/gate-work.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { announceScan } from '#functions/commands/scans.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { UploadFault } from '#shared/domain/application.ts';
import { GateOutcome, Meeting, VoteChoice } from '#shared/domain/gate.ts';
import { DocumentId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Threshold, thresholdsOf } from '#shared/domain/threshold.ts';
import { Instant } from '#shared/domain/time.ts';
import { openIn, SeenList } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

const atGate = ['not-found', 'wrong-stage', 'gate-not-open', 'already-decided', 'changed-meanwhile'] as const;

/** Empty where there is none. */
const Reason = z.string().max(maxReason).default('');

const GateAnswer = z.object({
  stage: Stage,
  gate: GateId.optional(),
  attempt: z.int().optional(),
  status: z.enum(['open', 'decided']).optional(),
  outcome: GateOutcome.optional(),
  openedAt: Instant.optional(),
  proposal: Sha256.optional(),
  /** What lies on the table; in the place of an application that is closed to the reader it says so, and nothing else. */
  list: SeenList.optional(),
  /** Where it decides otherwise than the points propose: what they do, by its reasons, and why the committee would not. */
  departures: z.array(DepartureAnswer),
  /** What other pass marks would do to what the reader sees of it; none where points do not decide. */
  thresholds: z.array(Threshold),
  votes: z.array(
    z.object({
      memberId: PersonId,
      choice: VoteChoice,
      reason: z.string().optional(),
      at: Instant,
      scan: DocumentId.optional(),
      /** Whether it is in the tally: in older records seats could change under votes. */
      counts: z.boolean(),
    }),
  ),
  tally: z
    .object({ for: z.int(), against: z.int(), abstain: z.int(), needed: z.int(), carried: z.boolean() })
    .optional(),
  meetings: z.array(Meeting.omit({ reason: true }).extend({ reason: z.string().optional() })),
  scans: z.array(
    z.object({
      id: DocumentId,
      announcedAt: Instant,
      sha256: Sha256.optional(),
      refused: UploadFault.optional(),
    }),
  ),
  undoable: z.boolean(),
});

const path = '/api/rounds/:round/gate';

const read = (id: string, below: string) =>
  ({ id, method: 'GET', path: `${path}${below}`, who: rolesFor('gate.read'), does: 'gate.read' }) as const;

const change = (id: string, does: Action, audit: string, below: string) =>
  ({ id, method: 'POST', path: `${path}${below}`, who: rolesFor(does), does, audit }) as const;

const withCommand = <T>(
  c: Context,
  action: Action,
  work: (command: CommitteeCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withRound(c.req.param('round'), (roundId) => work({ roundId, by: requireActor(c, rolesFor(action)) }));

/** What a committee does at the gate of a round's stage. */
export const gateOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...read('readGate', ''),
      summary: 'The gate of the stage that the round is in: proposal, votes, meetings.',
      answer: { status: 200, schema: GateAnswer },
      refusals: ['not-found'],
    },
    (c) =>
      withCommand(c, 'gate.read', async (command) => {
        const found = await gateView(deps, command);
        return found.ok ? ok(gateAnswer(found.value)) : found;
      }),
  ),
  ask(
    {
      ...change('drawUpProposal', 'gate.draw-up', 'proposal-drawn-up', '/proposal'),
      summary:
        'Draws the stage’s proposal up and puts it on the table; nothing it was drawn up from may change then.',
      answer: { status: 200, schema: z.object({ proposal: Sha256.optional() }) },
      refusals: [
        ...atGate,
        'committee-incomplete',
        'unfinished-work',
        'ties-open',
        'inquiry-open',
        'copies-needed',
        'beacon-needed',
        'further-ratings-due',
      ],
    },
    (c) =>
      withCommand(c, 'gate.draw-up', async (command) => {
        const drawn = await drawUpProposal(deps, command);
        return drawn.ok ? ok({ proposal: drawn.value.state.proposal }) : drawn;
      }),
  ),
  ask(
    {
      ...change('takeProposalBack', 'gate.draw-up', 'proposal-withdrawn', '/proposal'),
      method: 'DELETE',
      summary: 'Takes the proposal off the table, so that work on the stage may go on.',
      answer: { status: 204 },
      refusals: atGate,
    },
    (c) => withCommand(c, 'gate.draw-up', (command) => takeProposalBack(deps, command)),
  ),
  send(
    {
      ...change('castVote', 'gate.vote', 'vote-cast', '/votes'),
      summary: 'Casts or changes the own vote on the proposal that is named.',
      body: z.strictObject({ proposal: Sha256, choice: VoteChoice, reason: Reason }),
      answer: { status: 204 },
      refusals: [...atGate, 'no-proposal', 'reason-needed', 'not-allowed'],
    },
    (c, input) => withCommand(c, 'gate.vote', (command) => vote(deps, { ...command, ...input })),
  ),
  ...secretaryOperations(deps),
  ...chairOperations(deps),
];

const secretaryOperations = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...change('recordMeeting', 'gate.record', 'meeting-recorded', '/meetings'),
      summary: 'Records who was present, or that the meeting was postponed and why.',
      body: z.strictObject({ postponed: z.boolean(), present: z.array(PersonId).max(60), reason: Reason }),
      answer: { status: 204 },
      refusals: [...atGate, 'reason-needed'],
    },
    (c, input) =>
      withCommand(c, 'gate.record', (command) => recordGateMeeting(deps, { ...command, ...input })),
  ),
  ask(
    {
      ...change('announceScan', 'gate.record', 'scan-announced', '/scans'),
      summary: 'A form with which the scan of a signed sheet of votes is posted straight to storage.',
      answer: {
        status: 201,
        schema: z.object({
          scan: DocumentId,
          upload: z.object({ url: z.url(), fields: z.record(z.string(), z.string()) }),
        }),
      },
      refusals: [...atGate, 'too-many-documents'],
    },
    (c) => withCommand(c, 'gate.record', (command) => announceScan(deps, command)),
  ),
  send(
    {
      ...change('enterPaperVotes', 'gate.record', 'vote-cast', '/paper-votes'),
      summary: 'Enters the votes of a signed sheet that has arrived: all of them, or none.',
      body: z.strictObject({
        proposal: Sha256,
        scan: DocumentId,
        votes: z
          .array(z.strictObject({ memberId: PersonId, choice: VoteChoice }))
          .min(1)
          .max(60),
        reason: Reason,
      }),
      answer: { status: 204 },
      refusals: [...atGate, 'no-proposal', 'reason-needed', 'not-allowed', 'own-vote-stands'],
    },
    (c, input) => withCommand(c, 'gate.record', (command) => enterPaperVotes(deps, { ...command, ...input })),
  ),
];

const chairOperations = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...change('advanceRound', 'gate.decide', 'stage-advanced', '/decision'),
      summary:
        'Advances the round on the proposal that is named. Of two at once one advances; the other is told.',
      body: z.strictObject({ proposal: Sha256 }),
      answer: { status: 200, schema: z.object({ stage: Stage }) },
      refusals: [...atGate, 'no-proposal', 'no-quorum', 'not-carried', 'departure-not-carried', 'too-early'],
    },
    (c, input) =>
      withCommand(c, 'gate.decide', async (command) => {
        const advanced = await advanceRound(deps, { ...command, ...input });
        return advanced.ok ? ok({ stage: advanced.value.state.stage }) : advanced;
      }),
  ),
  send(
    {
      ...change('undoAdvance', 'advance.undo', 'advance-undone', '/undoing'),
      summary:
        'Takes the last advance back, with a reason, before it has had an effect outside the committee.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 200, schema: z.object({ stage: Stage }) },
      refusals: ['not-found', 'wrong-stage', 'took-effect', 'changed-meanwhile'],
    },
    (c, input) =>
      withCommand(c, 'advance.undo', async (command) => {
        const undone = await undoLastAdvance(deps, { ...command, ...input });
        return undone.ok ? ok({ stage: undone.value.state.stage }) : undone;
      }),
  ),
];

const gateAnswer = (view: GateView): z.input<typeof GateAnswer> => {
  const state = view.gate?.state;
  return {
    stage: view.round.state.stage,
    gate: state?.id,
    attempt: state?.attempt,
    status: state?.status,
    outcome: state?.status === 'decided' ? state.outcome : undefined,
    openedAt: state?.openedAt,
    proposal: state?.proposal,
    list: view.proposal,
    departures: view.departures.map(departureAnswer),
    thresholds: view.proposal
      ? thresholdsOf({ ...view.proposal, standings: openIn(view.proposal) }, view.file)
      : [],
    votes: votesIn(view),
    tally: view.tally,
    meetings: (state?.meetings ?? []).map(({ at, outcome, present }, index) => ({
      at,
      outcome,
      present,
      reason: view.meetingReasons[index],
    })),
    scans: state?.scans ?? [],
    undoable: view.undoable,
  };
};

const votesIn = ({ gate, seats, voteReasons }: GateView): z.input<typeof GateAnswer>['votes'] =>
  (gate?.state.votes ?? []).map(({ memberId, choice, at, scan }) => ({
    memberId,
    choice,
    at,
    scan,
    reason: voteReasons.get(memberId),
    counts: seats.some(({ personId, votes }) => votes && personId === memberId),
  }));
