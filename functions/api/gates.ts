import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { GateAnswer, gateAnswer } from '#functions/api/gate-answer.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { recordAbsence, recordReturn } from '#functions/commands/chairing.ts';
import { advanceRound, undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { gateView } from '#functions/commands/gate-view.ts';
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
import { VoteChoice } from '#shared/domain/gate.ts';
import { DocumentId, GateId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { Stage } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

const atGate = ['not-found', 'wrong-stage', 'gate-not-open', 'already-decided', 'changed-meanwhile'] as const;

/** Empty where there is none. */
const Reason = z.string().max(maxReason).default('');

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

/** For what is meant for one gate, and is not done at the one after it. */
const seenGate = {
  gate: GateId.describe(
    'that `GET` showed; refused as `changed-meanwhile` where the round is at another one by now',
  ),
};

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
  ...proposalOperations(deps),
  send(
    {
      ...change('castVote', 'gate.vote', 'vote-cast', '/votes'),
      summary: 'Casts or changes the own vote on the proposal that is named.',
      body: z.strictObject({ proposal: Sha256, choice: VoteChoice, reason: Reason }),
      answer: { status: 204 },
      refusals: [...atGate, 'no-proposal', 'reason-needed', 'not-allowed', 'chair-away'],
    },
    (c, input) => withCommand(c, 'gate.vote', (command) => vote(deps, { ...command, ...input })),
  ),
  ...secretaryOperations(deps),
  ...chairOperations(deps),
];

/** Putting a proposal on the table, and taking it off. */
const proposalOperations = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...change('drawUpProposal', 'gate.draw-up', 'proposal-drawn-up', '/proposal'),
      summary:
        'Draws the stage’s proposal up and puts it on the table; nothing it was drawn up from may change then.',
      query: seenGate,
      answer: { status: 200, schema: z.object({ proposal: Sha256.optional() }) },
      refusals: [
        ...atGate,
        'committee-incomplete',
        'unfinished-work',
        'ties-open',
        'scans-awaited',
        'inquiry-open',
        'copies-needed',
        'beacon-needed',
        'further-ratings-due',
        'letters-wait',
      ],
    },
    (c) =>
      withCommand(c, 'gate.draw-up', async (command) => {
        const drawn = await drawUpProposal(deps, { ...command, gate: c.req.query('gate') });
        return drawn.ok ? ok({ proposal: drawn.value.state.proposal }) : drawn;
      }),
  ),
  ask(
    {
      ...change('takeProposalBack', 'gate.draw-up', 'proposal-withdrawn', '/proposal'),
      method: 'DELETE',
      summary: 'Takes the proposal off the table, so that work on the stage may go on.',
      query: {
        ...seenGate,
        proposal: Sha256.describe(
          'that `GET` showed; refused as `changed-meanwhile` where another one lies there by now',
        ),
      },
      answer: { status: 204 },
      refusals: atGate,
    },
    (c) =>
      withCommand(c, 'gate.draw-up', (command) => {
        const { gate, proposal: shown } = c.req.query();
        return takeProposalBack(deps, { ...command, gate, shown });
      }),
  ),
];

const secretaryOperations = (deps: ApiDeps): Operation[] => [
  ...absenceOperations(deps),
  send(
    {
      ...change('recordMeeting', 'gate.record', 'meeting-recorded', '/meetings'),
      summary:
        'Records who was present, or that the meeting was postponed and why; at which gate and after how many meetings that `GET` showed, so that it stands once, and not at the gate after it.',
      body: z.strictObject({
        postponed: z.boolean(),
        present: z.array(PersonId).max(60),
        reason: Reason,
        gate: GateId,
        after: z.int().min(0),
      }),
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
      refusals: [...atGate, 'no-proposal', 'reason-needed', 'not-allowed', 'own-vote-stands', 'chair-away'],
    },
    (c, input) => withCommand(c, 'gate.record', (command) => enterPaperVotes(deps, { ...command, ...input })),
  ),
];

/** That the chair is away, and who chairs instead. */
const absenceOperations = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...change('recordChairAbsence', 'gate.record', 'chair-absent', '/chair-absence'),
      summary:
        'Records that the chair is away, why, and whom the members elected to chair until the stage is decided.',
      body: z.strictObject({
        standIn: PersonId,
        reason: z.string().trim().min(1).max(maxReason),
        gate: seenGate.gate.optional(),
      }),
      answer: { status: 204 },
      refusals: [...atGate, 'no-stand-in', 'vote-stands', 'reason-needed'],
    },
    (c, input) => withCommand(c, 'gate.record', (command) => recordAbsence(deps, { ...command, ...input })),
  ),
  ask(
    {
      ...change('recordChairReturn', 'gate.record', 'chair-returned', '/chair-absence'),
      method: 'DELETE',
      summary: 'The chair is back before the stage was decided, and chairs again.',
      query: seenGate,
      answer: { status: 204 },
      refusals: atGate,
    },
    (c) =>
      withCommand(c, 'gate.record', (command) =>
        recordReturn(deps, { ...command, gate: c.req.query('gate') }),
      ),
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
      refusals: [
        ...atGate,
        'no-proposal',
        'no-quorum',
        'not-carried',
        'recused-undecided',
        'too-early',
        'not-allowed',
        'chair-away',
      ],
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
      refusals: ['not-found', 'wrong-stage', 'took-effect', 'not-allowed', 'chair-away', 'changed-meanwhile'],
    },
    (c, input) =>
      withCommand(c, 'advance.undo', async (command) => {
        const undone = await undoLastAdvance(deps, { ...command, ...input });
        return undone.ok ? ok({ stage: undone.value.state.stage }) : undone;
      }),
  ),
];
