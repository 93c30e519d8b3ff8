import type { Context } from 'hono';
import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import { atWork, described, done, onApplication, onCandidacy } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { removeAnswerFile } from '#functions/commands/documents.ts';
import { askApplicant, takeQuestionBack } from '#functions/commands/inquiries.ts';
import {
  type InquiryCommand,
  type OwnInquiry,
  ownInquiries,
  saveAnswer,
  sendAnswer,
} from '#functions/commands/inquiry-answer.ts';
import { announceAnswerFile } from '#functions/commands/inquiry-files.ts';
import { maxInquiry } from '#functions/commands/inquiry-texts.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { UploadedDocument } from '#shared/domain/application.ts';
import { DocumentId, InquiryId } from '#shared/domain/ids.ts';
import { inquiryDays } from '#shared/domain/inquiry.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Requests for more information during screening: a committee asks, the applicant answers. */
export const inquiryOperations = (deps: CommandDeps): Operation[] => [
  ...asking(deps),
  ...answering(deps),
  ...attaching(deps),
];

const Text = z.string().max(maxInquiry);

const asking = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('askApplicant', 'inquiry.make', 'inquiry-made'),
      method: 'POST',
      path: `${onCandidacy}/inquiries`,
      summary:
        'Asks the applicant for a document of the round file, or for a text where none is named. One question is open at a time; an earlier judgement is set aside.',
      body: z.strictObject({
        question: Text.min(1),
        requirement: z.string().max(40).optional(),
        workingDays: z.int().min(inquiryDays.least).max(inquiryDays.most).default(inquiryDays.usual),
      }),
      answer: { status: 204 },
      refusals: [...atWork, 'not-in-stage', 'inquiry-open', 'unknown-requirement'],
    },
    (c, body) =>
      onApplication(c, 'inquiry.make', async (command) =>
        done(await askApplicant(deps, { ...command, ...body })),
      ),
  ),
  ask(
    {
      ...described('takeQuestionBack', 'inquiry.make', 'inquiry-withdrawn'),
      method: 'DELETE',
      path: `${onCandidacy}/inquiries/:inquiry`,
      summary: 'Takes an open question back. A second time changes nothing.',
      answer: { status: 204 },
      refusals: [...atWork, 'inquiry-ended'],
    },
    (c) =>
      onApplication(c, 'inquiry.make', async (command) => {
        const inquiry = InquiryId.safeParse(c.req.param('inquiry'));
        if (!inquiry.success) return notThere;
        return done(await takeQuestionBack(deps, { ...command, inquiry: inquiry.data }));
      }),
  ),
];

const own = '/api/applications/:application/inquiries';
const notThere = refuse({ kind: 'not-found', what: 'inquiry' } as const);

const OwnAnswer = z.object({
  id: InquiryId,
  askedAt: Instant,
  dueAt: Instant,
  standing: z.enum(['open', 'answered', 'withdrawn', 'lapsed']),
  /** The document of the round file that is asked for. */
  requirement: z.string().optional(),
  question: z.string(),
  /** What was sent, or what is typed so far. */
  text: z.string(),
  /** Of the text that is typed so far; what the next one must be based on. */
  version: z.int(),
  documents: z.array(UploadedDocument),
  endedAt: Instant.optional(),
});

const ownAnswer = ({ inquiry, standing, question, text }: OwnInquiry): z.input<typeof OwnAnswer> => ({
  ...inquiry,
  standing,
  question,
  text,
  version: inquiry.draft?.version ?? 0,
});

/** Whoever answers a question can be told these. */
const told = ['not-found', 'wrong-stage', 'inquiry-ended', 'not-in-stage', 'changed-meanwhile'] as const;

const answering = (deps: CommandDeps): Operation[] => [
  ask(
    {
      id: 'listOwnInquiries',
      method: 'GET',
      path: own,
      who: 'signed-in',
      summary: 'What the committee asked about an own application, in the order of asking.',
      answer: { status: 200, schema: z.object({ inquiries: z.array(OwnAnswer) }) },
      refusals: ['not-found'],
    },
    (c) =>
      withApplication(c.req.param('application'), async (applicationId) => {
        const found = await ownInquiries(deps, { by: applicantOf(c), applicationId });
        return found.ok ? ok({ inquiries: found.value.inquiries.map(ownAnswer) }) : found;
      }),
  ),
  send(
    {
      ...described('saveInquiryAnswer', 'inquiry.answer', 'inquiry-saved'),
      method: 'PUT',
      path: `${own}/:inquiry/text`,
      summary:
        'Keeps the text of an answer that is not sent yet. `basedOn` is the version that was read, 0 for none.',
      body: z.strictObject({ text: Text, basedOn: z.int().min(0) }),
      answer: { status: 204 },
      refusals: told,
    },
    (c, body) => onInquiry(c, async (command) => done(await saveAnswer(deps, { ...command, ...body }))),
  ),
  send(
    {
      ...described('answerInquiry', 'inquiry.answer', 'inquiry-answered'),
      method: 'POST',
      path: `${own}/:inquiry/answer`,
      summary:
        'Sends the answer: the text, the files that have arrived, or both. The same again changes nothing; another one, or one after the clock, is `inquiry-ended`. With `basedOn`, the version that was read, a text kept elsewhere meanwhile is `changed-meanwhile`.',
      body: z.strictObject({ text: Text.default(''), basedOn: z.int().min(0).optional() }),
      emptyBody: '{}',
      answer: { status: 204 },
      refusals: [...told, 'document-not-arrived'],
    },
    (c, body) => onInquiry(c, async (command) => done(await sendAnswer(deps, { ...command, ...body }))),
  ),
];

const attaching = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('announceInquiryFile', 'inquiry.answer', 'inquiry-file'),
      method: 'POST',
      path: `${own}/:inquiry/documents`,
      summary: 'Asks for the form with which a file of the answer is posted straight to storage.',
      body: z.strictObject({}),
      emptyBody: '{}',
      answer: {
        status: 201,
        schema: z.object({
          documentId: DocumentId,
          upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
          seconds: z.int(),
        }),
      },
      refusals: [...told, 'unknown-requirement', 'too-many-documents'],
    },
    (c) => onInquiry(c, (command) => announceAnswerFile(deps, command)),
  ),
  ask(
    {
      ...described('removeInquiryFile', 'inquiry.answer', 'inquiry-file'),
      method: 'DELETE',
      path: `${own}/:inquiry/documents/:document`,
      summary: 'Takes a file out of an answer that is not sent yet.',
      answer: { status: 204 },
      refusals: told,
    },
    (c) =>
      onInquiry(c, async (command) => {
        const documentId = DocumentId.safeParse(c.req.param('document'));
        if (!documentId.success) return refuse({ kind: 'not-found', what: 'document' });
        return done(await removeAnswerFile(deps, { ...command, documentId: documentId.data }));
      }),
  ),
];

const onInquiry = <T>(
  c: Context,
  work: (command: InquiryCommand) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  withApplication(c.req.param('application'), async (applicationId) => {
    const inquiry = InquiryId.safeParse(c.req.param('inquiry'));
    return inquiry.success
      ? await work({ by: applicantOf(c), applicationId, inquiry: inquiry.data })
      : notThere;
  });
