import * as z from 'zod';
import { RequestAnswer, requestAnswer, requestResult } from '#functions/api/data-requests.ts';
import { keptAway } from '#functions/api/kept-away.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described } from '#functions/api/selection.ts';
import { ClosedItem } from '#functions/commands/closed-items.ts';
import {
  answerDataRequest,
  type ListedRequest,
  readDataRequest,
  requestsSeenBy,
} from '#functions/commands/data-request-answers.ts';
import { maxRequestText } from '#functions/commands/data-requests.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { openPaper } from '#functions/commands/request-papers.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { UploadFault } from '#shared/domain/application.ts';
import { Outcome } from '#shared/domain/data-request.ts';
import { ApplicationNumber, DataRequestId, DocumentId, Sha256 } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { ok, refuse } from '#shared/result.ts';

const Listed = RequestAnswer.extend({ number: ApplicationNumber.optional() });

/** What staff read of requests about personal data, and answer. */
export const requestAnswerOperations = (deps: CommandDeps): Operation[] => [
  listRequests(deps),
  readRequest(deps),
  answer(deps),
  openPapers(deps),
];

const listRequests = (deps: CommandDeps): Operation =>
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
      const { open, closed, answered } = await requestsSeenBy(deps, reader);
      return ok({ open: open.map(listed), closed, answered: answered.map(listed) });
    },
  );

const readRequest = (deps: CommandDeps): Operation =>
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
      refusals: ['not-found', ...keptAway],
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

const answer = (deps: CommandDeps): Operation =>
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
        ...keptAway,
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

const openPapers = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('openRequestPaper', 'data-request.answer'),
      method: 'GET',
      path: '/api/data-requests/:request/papers/:paper',
      summary:
        'A short-lived address of the paper that a person signed at the desk. The opening is on record.',
      answer: { status: 200, schema: z.object({ url: z.url(), seconds: z.int() }) },
      refusals: ['not-found', ...keptAway, 'document-unchecked'],
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

const listed = ({ request, number }: ListedRequest): z.input<typeof Listed> => ({
  ...requestAnswer(request),
  number,
});
