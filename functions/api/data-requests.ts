import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import { described } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import {
  answerDataRequest,
  dataRequestList,
  type ListedRequest,
  readDataRequest,
} from '#functions/commands/data-request-answers.ts';
import {
  askCorrection,
  askErasure,
  maxRequestText,
  withdrawConsent,
} from '#functions/commands/data-requests.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { chooseLetterLanguage } from '#functions/commands/letter-language.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import { openPaper } from '#functions/commands/request-papers.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { UploadFault } from '#shared/domain/application.ts';
import { type DataRequest, DataRequestKind, Outcome } from '#shared/domain/data-request.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ApplicationNumber, DataRequestId, DocumentId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = CommandDeps & SignInDeps;

export const RequestAnswer = z.object({
  id: DataRequestId,
  kind: DataRequestKind,
  filedAt: Instant,
  /** The end of the last working day on which staff may answer. */
  dueAt: Instant,
  answeredAt: Instant.optional(),
  outcome: Outcome.optional(),
});

const Listed = RequestAnswer.extend({ number: ApplicationNumber.optional() });

/** What people see of their data and ask about them, and what staff answer. */
export const dataRequestOperations = (deps: Deps): Operation[] => [
  readOwnData(deps),
  chooseLanguage(deps),
  correction(deps),
  consent(deps),
  erasure(deps),
  listRequests(deps),
  readRequest(deps),
  answer(deps),
  openPapers(deps),
];

const filed = { who: 'signed-in', audit: 'data-request-filed', method: 'POST' } as const;

const readOwnData = (deps: Deps): Operation =>
  ask(
    {
      id: 'readOwnData',
      method: 'GET',
      path: '/api/account/data',
      who: 'signed-in',
      summary: 'What the region holds about whoever asks, as `/schemas/personal-data-1.json` describes it.',
      answer: { status: 200, schema: PersonalData },
    },
    async (c) => ok(await personalDataOf(deps, applicantOf(c))),
  );

const chooseLanguage = (deps: Deps): Operation =>
  send(
    {
      id: 'chooseLetterLanguage',
      method: 'POST',
      path: '/api/account/language',
      who: 'signed-in',
      summary: 'Letters come in this language from now on, whichever the pages are in.',
      body: z.strictObject({ locale: Locale }),
      answer: { status: 204 },
    },
    async (c, { locale }) => {
      await chooseLetterLanguage(deps, { personId: applicantOf(c).personId, locale });
      return ok(undefined);
    },
  );

const correction = (deps: Deps): Operation =>
  send(
    {
      ...filed,
      id: 'askCorrection',
      path: '/api/applications/:application/correction',
      summary: 'Asks that what was submitted be corrected; while the call is open, amend it instead.',
      body: z.strictObject({ text: z.string().trim().min(1).max(maxRequestText) }),
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c, { text }) =>
      requestResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          askCorrection(deps, { by: applicantOf(c), applicationId, text }),
        ),
      ),
  );

const consent = (deps: Deps): Operation =>
  ask(
    {
      ...filed,
      id: 'withdrawConsent',
      path: '/api/applications/:application/consent-withdrawal',
      summary:
        'Withdraws the consent to processing. An application in a running selection is withdrawn at once; staff confirm within 15 working days.',
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-found', 'changed-meanwhile'],
    },
    async (c) =>
      requestResult(
        await withApplication(c.req.param('application'), (applicationId) =>
          withdrawConsent(deps, { by: applicantOf(c), applicationId }),
        ),
      ),
  );

const erasure = (deps: Deps): Operation =>
  ask(
    {
      ...filed,
      id: 'askErasure',
      path: '/api/account/erasure',
      summary: 'Asks that the account and everything in it be erased.',
      answer: { status: 200, schema: RequestAnswer },
      refusals: ['not-erasable', 'changed-meanwhile'],
    },
    async (c) => requestResult(await askErasure(deps, { by: applicantOf(c) })),
  );

const listRequests = (deps: Deps): Operation =>
  ask(
    {
      ...described('listDataRequests', 'data-request.answer'),
      method: 'GET',
      path: '/api/data-requests',
      summary:
        'Requests about personal data, first what is due first, and what was answered lately; `closed` are those of people with an application that a conflict of interest closes to the reader, with who may answer them instead.',
      answer: {
        status: 200,
        schema: z.object({
          open: z.array(Listed),
          closed: z.array(ClosedItem),
          answered: z.array(Listed),
        }),
      },
    },
    async (c) => {
      const reader = requireActor(c, rolesFor('data-request.answer'));
      const { open, closed, answered } = await dataRequestList(deps, reader);
      return ok({ open: open.map(listed), closed, answered: answered.map(listed) });
    },
  );

const readRequest = (deps: Deps): Operation =>
  ask(
    {
      ...described('readDataRequest', 'data-request.answer'),
      method: 'GET',
      path: '/api/data-requests/:request',
      summary: 'One request with what was typed. The reading is on record.',
      answer: {
        status: 200,
        schema: Listed.extend({
          text: z.string().optional(),
          answer: z.string().optional(),
          /** Scans of the signed paper, where the desk filed it; absent where nobody has to sign one. `refused`: why one was thrown away. */
          papers: z
            .array(z.object({ id: DocumentId, sha256: Sha256.optional(), refused: UploadFault.optional() }))
            .optional(),
        }),
      },
      refusals: ['not-found', 'conflict-of-interest'],
    },
    async (c) => {
      const by = requireActor(c, rolesFor('data-request.answer'));
      const id = DataRequestId.safeParse(c.req.param('request'));
      if (!id.success) return notFound;
      const found = await readDataRequest(deps, { by, id: id.data });
      if (!found.ok) return found;
      const { text, answer: given, ...line } = found.value;
      const { assisted, papers = [] } = line.request;
      return ok({ ...listed(line), text, answer: given, ...(assisted && { papers }) });
    },
  );

const answer = (deps: Deps): Operation =>
  send(
    {
      ...described('answerDataRequest', 'data-request.answer', 'data-request-answered'),
      method: 'POST',
      path: '/api/data-requests/:request/answer',
      summary:
        'Answers a request and tells the person by letter; a refusal needs its reason. An erasure is carried out an hour later; of somebody for whom the desk filed it, at the end of the day by which the law wants it.',
      body: z.strictObject({ outcome: Outcome, text: z.string().max(maxRequestText).default('') }),
      answer: { status: 200, schema: RequestAnswer },
      refusals: [
        'not-found',
        'conflict-of-interest',
        'already-decided',
        'reason-needed',
        'paper-needed',
        'not-erasable',
        'changed-meanwhile',
      ],
    },
    async (c, { outcome, text }) => {
      const by = requireActor(c, rolesFor('data-request.answer'));
      const id = DataRequestId.safeParse(c.req.param('request'));
      if (!id.success) return notFound;
      return requestResult(await answerDataRequest(deps, { by, id: id.data, outcome, text }));
    },
  );

const openPapers = (deps: Deps): Operation =>
  ask(
    {
      ...described('openRequestPaper', 'data-request.answer'),
      method: 'GET',
      path: '/api/data-requests/:request/papers/:paper',
      summary:
        'A short-lived address of the paper that a person signed at the desk. The opening is on record.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', 'conflict-of-interest', 'document-unchecked'],
    },
    async (c) => {
      const by = requireActor(c, rolesFor('data-request.answer'));
      const requestId = DataRequestId.safeParse(c.req.param('request'));
      const paper = DocumentId.safeParse(c.req.param('paper'));
      if (!requestId.success || !paper.success) return notFound;
      return await openPaper(deps, { by, requestId: requestId.data, paper: paper.data });
    },
  );

const notFound = refuse({ kind: 'not-found', what: 'data-request' } as const);

const requestAnswer = ({
  id,
  kind,
  filedAt,
  dueAt,
  answered,
}: DataRequest): z.input<typeof RequestAnswer> => ({
  id,
  kind,
  filedAt,
  dueAt,
  answeredAt: answered?.at,
  outcome: answered?.outcome,
});

const listed = ({ request, number }: ListedRequest): z.input<typeof Listed> => ({
  ...requestAnswer(request),
  number,
});

export const requestResult = (
  outcome: Result<Versioned<DataRequest>, Refusal>,
): Result<z.input<typeof RequestAnswer>, Refusal> =>
  outcome.ok ? ok(requestAnswer(outcome.value.state)) : outcome;
