import * as z from 'zod';
import { OpeningAnswer } from '#functions/api/documents.ts';
import { ask, type Operation } from '#functions/api/operation.ts';
import { described, onApplication, onCandidacy } from '#functions/api/selection.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { openCopy, readCopies } from '#functions/commands/released-copies.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { RedactedItem } from '#shared/domain/redaction.ts';
import { ok, refuse } from '#shared/result.ts';

/** What raters of a blind stage read in place of originals. */
export const releasedCopyOperations = (deps: CommandDeps): Operation[] => [
  ask(
    {
      ...described('readCopies', 'scoring.read'),
      method: 'GET',
      path: `${onCandidacy}/copies`,
      summary: 'The released copies of one application, where the stage is blind. The reading is logged.',
      answer: {
        status: 200,
        schema: z.object({
          copies: z.array(
            z.object({
              kind: z.enum(['text', 'answer', 'reference', 'file']),
              item: RedactedItem,
              requirement: z.string().optional(),
              place: z.int().optional(),
              standing: z.enum(['released', 'withheld', 'not-yet']),
              text: z.string().optional(),
              bytes: z.int().optional(),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage', 'conflict-of-interest', 'disclosure-needed', 'not-allowed'],
    },
    (c) =>
      onApplication(c, 'scoring.read', async (command) => {
        const copies = await readCopies(deps, command);
        return copies.ok ? ok({ copies: copies.value }) : copies;
      }),
  ),
  ask(
    {
      ...described('openCopy', 'scoring.read'),
      method: 'GET',
      path: `${onCandidacy}/copies/:document`,
      summary:
        'A short-lived address of the released copy of a file, where the stage is blind. The opening is logged.',
      answer: { status: 200, schema: OpeningAnswer },
      refusals: [
        'not-found',
        'wrong-stage',
        'conflict-of-interest',
        'disclosure-needed',
        'not-allowed',
        'document-unchecked',
      ],
    },
    (c) =>
      onApplication(c, 'scoring.read', async (command) => {
        const item = DocumentId.safeParse(c.req.param('document'));
        return item.success
          ? await openCopy(deps, { ...command, item: item.data })
          : refuse({ kind: 'not-found', what: 'document' });
      }),
  ),
];
