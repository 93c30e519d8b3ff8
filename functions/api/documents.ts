import * as z from 'zod';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { ApplicationAnswer, applicationAnswer, withApplication } from '#functions/api/schemas.ts';
import { described, onApplication, onCandidacy, onRound } from '#functions/api/selection.ts';
import { sliceOperations, UploadForm } from '#functions/api/slices.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { openDocument, openOwnDocument, openScan } from '#functions/commands/document-opening.ts';
import { announceDocument, removeDocument } from '#functions/commands/documents.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { ok, refuse } from '#shared/result.ts';

/** Documents go straight to storage: the API hands out the form to post them with. */
export const documentOperations = (deps: CommandDeps): Operation[] => [
  announce(deps),
  ...sliceOperations(deps),
  remove(deps),
  openOwn(deps),
  openCandidates(deps),
  openSheet(deps),
];

/** Good for one download that begins at once. */
export const OpeningAnswer = z.object({ url: z.string(), seconds: z.int() });

const notThere = refuse({ kind: 'not-found', what: 'document' } as const);

const openOwn = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'openOwnDocument',
      method: 'GET',
      path: '/api/applications/:application/documents/:document',
      who: 'signed-in',
      summary: 'A short-lived address of a document of an own application.',
      answer: { status: 200, schema: OpeningAnswer },
      refusals: ['not-found', 'document-unchecked'],
    },
    (c) => {
      const by = applicantOf(c);
      const documentId = DocumentId.safeParse(c.req.param('document'));
      return withApplication(c.req.param('application'), async (applicationId) =>
        documentId.success
          ? await openOwnDocument(deps, { by, applicationId, documentId: documentId.data })
          : notThere,
      );
    },
  );

const openCandidates = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('openDocument', 'answers.read'),
      method: 'GET',
      path: `${onCandidacy}/documents/:document`,
      summary:
        'A short-lived address of an applicant’s document, where the stage is not blind to the reader. The opening is logged.',
      answer: { status: 200, schema: OpeningAnswer },
      refusals: [
        'not-found',
        'wrong-stage',
        'conflict-of-interest',
        'disclosure-needed',
        'document-unchecked',
        'practice-needed',
      ],
    },
    (c) =>
      onApplication(c, 'answers.read', async (command) => {
        const documentId = DocumentId.safeParse(c.req.param('document'));
        return documentId.success
          ? await openDocument(deps, { ...command, documentId: documentId.data })
          : notThere;
      }),
  );

const openSheet = (deps: CommandDeps): Operation =>
  ask(
    {
      ...described('openSheet', 'sheet.open'),
      method: 'GET',
      path: '/api/rounds/:round/sheets/:scan',
      summary: 'A short-lived address of a signed sheet of votes, for its committee. The opening is logged.',
      answer: { status: 200, schema: OpeningAnswer },
      refusals: ['not-found', 'wrong-stage', 'document-unchecked'],
    },
    (c) =>
      onRound(c, 'sheet.open', async (command) => {
        const scan = DocumentId.safeParse(c.req.param('scan'));
        return scan.success ? await openScan(deps, { ...command, scan: scan.data }) : notThere;
      }),
  );

export const UploadAnswer = z.object({
  documentId: DocumentId,
  upload: UploadForm,
  seconds: z.int(),
});

const announce = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'announceDocument',
      method: 'POST',
      path: '/api/applications/:application/documents',
      who: 'signed-in',
      audit: 'document-announced',
      summary: 'Asks for the form with which one document of a requirement is posted straight to storage.',
      body: z.strictObject({ requirement: z.string().min(1).max(40) }),
      answer: { status: 201, schema: UploadAnswer },
      refusals: ['not-found', 'unknown-requirement', 'too-many-documents', 'too-late', 'already-submitted'],
    },
    (c, { requirement }) => {
      const by = applicantOf(c);
      return withApplication(c.req.param('application'), (applicationId) =>
        announceDocument(deps, { by, applicationId, requirement }),
      );
    },
  );

const remove = (deps: CommandDeps): Operation =>
  ask(
    {
      id: 'removeDocument',
      method: 'DELETE',
      path: '/api/applications/:application/documents/:document',
      who: 'signed-in',
      audit: 'document-removed',
      summary: 'Removes a document from a draft.',
      answer: { status: 200, schema: ApplicationAnswer },
      refusals: ['not-found', 'too-late', 'already-submitted'],
    },
    async (c) => {
      const by = applicantOf(c);
      const documentId = DocumentId.safeParse(c.req.param('document'));
      if (!documentId.success) return refuse({ kind: 'not-found', what: 'document' });
      const removed = await withApplication(c.req.param('application'), (applicationId) =>
        removeDocument(deps, { by, applicationId, documentId: documentId.data }),
      );
      return removed.ok ? ok(applicationAnswer(removed.value)) : removed;
    },
  );
