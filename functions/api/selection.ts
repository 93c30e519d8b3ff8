import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication, withRound } from '#functions/api/schemas.ts';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { candidatePlace, readAnswers, screeningView } from '#functions/commands/candidate-views.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { Contact } from '#functions/commands/reference-contact.ts';
import { ReferenceAnswer } from '#functions/commands/references.ts';
import { confirmJudgementOf, judgeApplication, prepareAgain } from '#functions/commands/screening.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { CommitteeForm } from '#shared/domain/application-form.ts';
import { BlindFacts, Verdict } from '#shared/domain/candidacy.ts';
import { Actor } from '#shared/domain/event.ts';
import { ApplicationId, ApplicationNumber, DocumentId, InquiryId, Sha256 } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import { Referee } from '#shared/domain/reference.ts';
import { Screened } from '#shared/domain/screened.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

const AskedAnswer = z.object({
  id: InquiryId,
  askedAt: Instant,
  dueAt: Instant,
  standing: z.enum(['open', 'answered', 'withdrawn', 'lapsed']),
  requirement: z.string().optional(),
  endedAt: Instant.optional(),
});

const ReceivedAnswer = z.object({
  id: DocumentId,
  requirement: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: Sha256,
  /** Waits for the scanner: nobody opens it. */
  held: z.literal(true).optional(),
  /** When malware was found in it: the file is gone. */
  infectedAt: Instant.optional(),
  /** When the scanner could not look into it: the file is gone. */
  unreadableAt: Instant.optional(),
});

/** An application as the committee sees it: codes and numbers. */
const CandidateAnswer = z.object({
  applicationId: ApplicationId,
  number: ApplicationNumber,
  facts: BlindFacts,
  /** As it stands now; `waiting` are required documents that the scanner has not looked at, until when a proposal does not count. */
  screened: Screened.extend({ waiting: z.array(z.string()) }),
  verdict: Verdict.optional(),
  judged: z
    .object({
      verdict: Verdict,
      mine: z.boolean(),
      at: Instant,
      /** `awaited`: counts once another member confirms it; else when one did, where the round asks for it. */
      second: z.union([z.literal('awaited'), Instant]).optional(),
      /** To be judged again: what the scanner has said since of a file that nobody could open then. */
      again: z.enum(['clean', 'infected', 'unreadable']).optional(),
    })
    .optional(),
  withdrawn: z.boolean(),
  /** Questions to the applicant and how they stand, without what was typed. */
  inquiries: z.array(AskedAnswer),
});

/** What an applicant typed, and what arrived with it. */
const AnswersAnswer = z.object({
  number: ApplicationNumber,
  form: CommitteeForm,
  documents: z.array(ReceivedAnswer),
  /** Who gave a reference, and what it says. */
  references: z.array(
    z.object({
      contact: Contact.optional(),
      status: Referee.shape.status,
      answer: ReferenceAnswer.optional(),
    }),
  ),
  inquiries: z.array(
    z.object({
      asked: AskedAnswer,
      question: z.string(),
      answer: z.string(),
      documents: z.array(ReceivedAnswer),
    }),
  ),
});

const list = '/api/rounds/:round/candidacies';
export const onCandidacy = `${list}/:application`;

/** Whoever works at a gate can be told these. */
export const atWork = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'proposal-on-table',
  'already-decided',
  'conflict-of-interest',
  'disclosure-needed',
  'changed-meanwhile',
] as const;

export const described = (id: string, does: Action, audit?: string) =>
  ({ id, who: rolesFor(does), does, ...(audit && { audit }) }) as const;

export const onRound = <T>(
  c: Context,
  action: Action,
  work: (command: CommitteeCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withRound(c.req.param('round'), (roundId) => work({ roundId, by: requireActor(c, rolesFor(action)) }));

export const onApplication = <T>(
  c: Context,
  action: Action,
  work: (command: CandidacyCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, action, (command) =>
    withApplication(c.req.param('application'), (applicationId) => work({ ...command, applicationId })),
  );

export const done = (answer: Result<unknown, Refusal>): Result<undefined, Refusal> =>
  answer.ok ? ok(undefined) : answer;

/** What a committee does with the applications of a round before it scores them. */
export const screeningOperations = (deps: ApiDeps): Operation[] => [...reading(deps), ...judging(deps)];

const reading = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('listCandidacies', 'candidacy.read'),
      method: 'GET',
      path: list,
      summary:
        'Every application under selection by number, without those that the reader has a conflict with.',
      answer: {
        status: 200,
        schema: z.object({ candidates: z.array(CandidateAnswer), outOfReach: z.int(), unopened: z.int() }),
      },
      refusals: ['not-found', 'wrong-stage', 'practice-needed', 'disclosure-needed'],
    },
    (c) => onRound(c, 'candidacy.read', (command) => screeningView(deps, command)),
  ),
  ask(
    {
      ...described('readCandidacy', 'candidacy.read'),
      method: 'GET',
      path: onCandidacy,
      summary:
        'One application as the committee sees it: codes and numbers, how each rule came out, the judgement.',
      answer: { status: 200, schema: CandidateAnswer.extend({ reason: z.string().optional() }) },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'practice-needed'],
    },
    (c) =>
      onApplication(c, 'candidacy.read', async (command) => {
        const found = await candidatePlace(deps, command);
        return found.ok ? ok({ ...found.value.candidate, reason: found.value.reason }) : found;
      }),
  ),
  ask(
    {
      ...described('readAnswers', 'answers.read'),
      method: 'GET',
      path: `${onCandidacy}/answers`,
      summary: 'What the applicant typed, where the stage is not blind to the reader. The reading is logged.',
      answer: { status: 200, schema: AnswersAnswer },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'practice-needed'],
    },
    (c) => onApplication(c, 'answers.read', (command) => readAnswers(deps, command)),
  ),
  ask(
    {
      ...described('listReads', 'reads.read'),
      method: 'GET',
      path: '/api/reads',
      summary: 'The newest readings of personal data by staff: who, whose, what, when.',
      answer: {
        status: 200,
        schema: z.object({
          reads: z.array(z.object({ reader: Actor, owner: z.string(), what: z.string(), at: Instant })),
        }),
      },
    },
    async () => ok({ reads: await deps.readLog.newest(500) }),
  ),
];

const judging = (deps: ApiDeps): Operation[] => [
  ask(
    {
      ...described('prepareScreening', 'screening.prepare', 'candidacy-opened'),
      method: 'POST',
      path: list,
      summary: 'Adds submitted applications that the list did not show when screening began.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onRound(c, 'screening.prepare', async (command) => done(await prepareAgain(deps, command))),
  ),
  send(
    {
      ...described('judgeApplication', 'screening.judge', 'application-judged'),
      method: 'PUT',
      path: `${onCandidacy}/judgement`,
      summary: 'Admits or refuses. Refusing needs a reason, and so does admitting against a rule.',
      body: z.strictObject({ verdict: Verdict, reason: z.string().default('') }),
      answer: { status: 204 },
      refusals: [...atWork, 'reason-needed', 'not-in-stage', 'inquiry-open'],
    },
    (c, judgement) =>
      onApplication(c, 'screening.judge', async (command) =>
        done(await judgeApplication(deps, { ...command, ...judgement })),
      ),
  ),
  send(
    {
      ...described('confirmJudgement', 'screening.judge', 'judgement-confirmed'),
      method: 'PUT',
      path: `${onCandidacy}/judgement/confirmation`,
      summary:
        'Confirms the judgement of another member, named by its moment, where the round asks for a second one.',
      body: z.strictObject({ judgedAt: Instant }),
      answer: { status: 204 },
      refusals: [...atWork, 'second-person-needed', 'not-in-stage'],
    },
    (c, { judgedAt }) =>
      onApplication(c, 'screening.judge', async (command) =>
        done(await confirmJudgementOf(deps, { ...command, judgedAt })),
      ),
  ),
  ask(
    {
      ...described('declareConflict', 'conflict.declare', 'conflict-declared'),
      method: 'POST',
      path: `${onCandidacy}/conflict`,
      summary: 'Declares the own conflict of interest; from then on the application is out of reach.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'changed-meanwhile'],
    },
    (c) =>
      onApplication(c, 'conflict.declare', async (command) => done(await declareOwnConflict(deps, command))),
  ),
];
