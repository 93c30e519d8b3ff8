import type { Context } from 'hono';
import * as z from 'zod';
import { type Operation, send } from '#functions/api/operation.ts';
import { withApplication } from '#functions/api/schemas.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { askSlices, joinUploaded, type SlicedUpload } from '#functions/commands/sliced-uploads.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { joinUpload, SliceSize, WholeFile } from '#shared/domain/slices.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

/** A document that is sent in slices, on a line that may break: an announced one, or one of an open answer to the committee. */
export const sliceOperations = (deps: CommandDeps): Operation[] => [slices(deps), join(deps)];

/** Post these fields, and the file as the last field `file`, as multipart/form-data. */
export const UploadForm = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });

const SlicesAnswer = z.object({
  /** Bytes of the file that are there. */
  arrived: z.int(),
  /** Bytes `from` up to and without `to`, each with the form that takes exactly them. None when all are there. */
  slices: z.array(z.object({ from: z.int(), to: z.int(), upload: UploadForm })),
  seconds: z.int(),
});

/** Whose document, and which file is being sent for it. */
const sliced = <T>(
  c: Context,
  whole: SlicedUpload['whole'],
  answer: (command: SlicedUpload) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const by = applicantOf(c);
  const documentId = DocumentId.safeParse(c.req.param('document'));
  return withApplication(c.req.param('application'), async (applicationId) =>
    documentId.success
      ? await answer({ by, applicationId, documentId: documentId.data, whole })
      : refuse({ kind: 'not-found', what: 'document' }),
  );
};

const whileOpen = ['not-found', 'too-late', 'already-submitted', 'inquiry-ended'] as const;

const slices = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'askSlices',
      method: 'POST',
      path: '/api/applications/:application/documents/:document/slices',
      who: 'signed-in',
      summary:
        'Says which bytes of a file have arrived for an announced document, and answers forms for the next slices. Changes nothing.',
      body: WholeFile.extend({ size: SliceSize.default(262_144) }),
      answer: { status: 200, schema: SlicesAnswer },
      refusals: [...whileOpen, 'too-large', 'too-many-documents'],
    },
    (c, { size, ...whole }) => sliced(c, whole, (command) => askSlices(deps, { ...command, size })),
  );

const join = (deps: CommandDeps): Operation =>
  send(
    {
      id: 'joinSlices',
      method: 'POST',
      path: '/api/applications/:application/documents/:document/whole',
      who: 'signed-in',
      audit: 'document-received',
      summary:
        'Makes the document of its slices once all have arrived. `whole: false` says that some are missing; a second time changes nothing.',
      body: WholeFile,
      answer: { status: 200, schema: joinUpload.output },
      refusals: whileOpen,
    },
    (c, whole) => sliced(c, whole, (command) => joinUploaded(deps, command)),
  );
