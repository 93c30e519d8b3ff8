import type { Context } from 'hono';
import * as z from 'zod';
import { UploadAnswer } from '#functions/api/documents.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { releasedCopyOperations } from '#functions/api/released-copies.ts';
import { described, done, onApplication, onCandidacy, onRound } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import {
  maxCopy,
  releaseFile,
  releaseText,
  releaseWhole,
  takeBack,
  withholdCopy,
} from '#functions/commands/redaction.ts';
import { announceCopy } from '#functions/commands/redaction-files.ts';
import type { CopyCommand } from '#functions/commands/redaction-place.ts';
import { type ItemView, readRedaction, redactionOverview } from '#functions/commands/redaction-views.ts';
import { ApplicationId, ApplicationNumber, DocumentId } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import { RedactedItem } from '#shared/domain/redaction.ts';
import { redacted } from '#shared/domain/redaction-proposal.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Redacted copies for blind stages: made and released by the secretary, read by raters. */
export const redactionOperations = (deps: CommandDeps): Operation[] => [
  ...reading(deps),
  ...releasing(deps),
  ...sending(deps),
  ...releasedCopyOperations(deps),
];

const onCopy = `${onCandidacy}/redaction/:item`;

const Counts = {
  wanted: z.int(),
  released: z.int(),
  withheld: z.int(),
  again: z.int(),
  open: z.int(),
};

const ItemAnswer = z.object({
  kind: z.enum(['text', 'answer', 'reference', 'file']),
  item: RedactedItem,
  requirement: z.string().optional(),
  /** Of an answer or a reference: the how manieth it is. */
  place: z.int().optional(),
  standing: z.enum(['missing', 'released', 'withheld', 'taken-back', 'stale']),
  at: Instant.optional(),
  reason: z.string().optional(),
  text: z
    .object({
      original: z.string(),
      /** What seems to tell who wrote it, in UTF-16 units. */
      found: z.array(
        z.object({
          start: z.int(),
          end: z.int(),
          kind: z.enum(['mail', 'phone', 'number', 'name', 'place']),
        }),
      ),
      /** The text with everything found replaced; a proposal. */
      proposal: z.string(),
      copy: z.string().optional(),
      whole: z.boolean(),
    })
    .optional(),
  /** The redacted file that is released, and else the last that arrived. */
  sent: z.object({ id: DocumentId, bytes: z.int() }).optional(),
});

const reading = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('listRedactions', 'redaction.keep'),
      method: 'GET',
      path: '/api/rounds/:round/redactions',
      summary:
        'What is missing before raters see a copy of everything that the round shows them, by application.',
      answer: {
        status: 200,
        schema: z.object({
          rows: z.array(z.object({ applicationId: ApplicationId, number: ApplicationNumber, ...Counts })),
          ready: z.int(),
          totals: z.object(Counts),
          /** Closed to the reader by a conflict of interest, with copies that are missing. */
          closed: z.object({ applications: z.int(), open: z.int() }),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) => onRound(c, 'redaction.keep', (command) => redactionOverview(deps, command)),
  ),
  ask(
    {
      ...described('readRedaction', 'redaction.keep'),
      method: 'GET',
      path: `${onCandidacy}/redaction`,
      summary:
        'The originals of one application beside their copies, for the secretary. The reading is logged.',
      answer: {
        status: 200,
        schema: z.object({ number: ApplicationNumber, items: z.array(ItemAnswer) }),
      },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed'],
    },
    (c) =>
      onApplication(c, 'redaction.keep', async (command) => {
        const found = await readRedaction(deps, command);
        if (!found.ok) return found;
        return ok({ number: found.value.number, items: found.value.items.map(itemAnswer) });
      }),
  ),
];

const itemAnswer = (view: ItemView) => {
  const { kind, item, standing, at, reason, text, file } = view;
  return {
    kind,
    item,
    requirement: view.kind === 'file' ? view.requirement : undefined,
    place: 'place' in view ? view.place : undefined,
    standing,
    at,
    reason,
    text: text && { ...text, proposal: redacted(text.original, text.found) },
    sent: file?.sent,
  };
};

/** Whoever releases, withholds or takes back a copy can be told these. */
const refusals = [
  'not-found',
  'wrong-stage',
  'conflict-of-interest',
  'disclosure-needed',
  'changed-meanwhile',
] as const;

/** A copy that says who wrote it is refused as `invalid` until somebody is sure that it does not. */
const sure = z.boolean().default(false);

const releasing = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('releaseText', 'redaction.keep', 'text-released'),
      method: 'PUT',
      path: `${onCopy}/text`,
      summary:
        'Releases the redacted copy of a text; without `text` the text as it was typed: nothing to redact.',
      body: z.strictObject({ text: z.string().max(maxCopy).optional(), sure }),
      answer: { status: 204 },
      refusals: [...refusals, 'invalid'],
    },
    (c, { text, sure: isSure }) =>
      onItem(c, 'redaction.keep', (command) =>
        text === undefined
          ? releaseWhole(deps, { ...command, sure: isSure })
          : releaseText(deps, { ...command, text, sure: isSure }),
      ),
  ),
  send(
    {
      ...described('withholdCopy', 'redaction.keep', 'copy-withheld'),
      method: 'PUT',
      path: `${onCopy}/withholding`,
      summary: 'Withholds a text or a file from raters, with a reason.',
      body: z.strictObject({ reason: z.string().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...refusals, 'reason-needed'],
    },
    (c, { reason }) => onItem(c, 'redaction.keep', (command) => withholdCopy(deps, { ...command, reason })),
  ),
  ask(
    {
      ...described('takeCopyBack', 'redaction.keep', 'copy-taken-back'),
      method: 'DELETE',
      path: onCopy,
      summary: 'Takes back what was released or withheld; raters see nothing in its place.',
      answer: { status: 204 },
      refusals: [...refusals],
    },
    (c) => onItem(c, 'redaction.keep', (command) => takeBack(deps, command)),
  ),
];

const sending = (deps: CommandDeps): Operation[] => [
  send(
    {
      ...described('announceCopy', 'redaction.keep', 'copy-file'),
      method: 'POST',
      path: `${onCopy}/uploads`,
      summary: 'Asks for the form with which the redacted copy of a file is posted straight to storage.',
      body: z.strictObject({}),
      emptyBody: '{}',
      answer: { status: 201, schema: UploadAnswer },
      refusals: [...refusals, 'too-many-documents'],
    },
    (c) =>
      onApplication(c, 'redaction.keep', async (command) => {
        const item = RedactedItem.safeParse(c.req.param('item'));
        return item.success ? await announceCopy(deps, { ...command, item: item.data }) : noSuch;
      }),
  ),
  send(
    {
      ...described('releaseFile', 'redaction.keep', 'file-released'),
      method: 'PUT',
      path: `${onCopy}/file`,
      summary:
        'Releases a redacted file that was sent for a document; never a file of the applicant, nor, until somebody is sure, one whose properties name people.',
      body: z.strictObject({ documentId: DocumentId, sure }),
      answer: { status: 204 },
      refusals: [...refusals, 'invalid', 'document-unchecked'],
    },
    (c, { documentId, sure: isSure }) =>
      onItem(c, 'redaction.keep', (command) =>
        releaseFile(deps, { ...command, sent: documentId, sure: isSure }),
      ),
  ),
];

const noSuch = refuse({ kind: 'not-found', what: 'document' } as const);

const onItem = (
  c: Context,
  action: Action,
  work: (command: CopyCommand) => Promise<Result<void, Refusal>>,
): Promise<Result<undefined, Refusal>> =>
  onApplication(c, action, async (command) => {
    const item = RedactedItem.safeParse(c.req.param('item'));
    return item.success ? done(await work({ ...command, item: item.data })) : noSuch;
  });
