import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { dryRunAnswer, dryRunShape } from '#functions/api/marks-dry-run.ts';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { bringMarks, confirmImport, refuseImport } from '#functions/commands/marks-import.ts';
import {
  type AskedUndoing,
  type MarksHistory,
  marksHistory,
  marksPreview,
} from '#functions/commands/marks-views.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ApplicationNumber, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { MarksImport, MarksUndoing } from '#shared/domain/marks.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Two of each criterion, where a rubric has as many of them as it may. */
export const mostTyped = 80;

const marks = '/api/rounds/:round/marks';
export const oneImport = `${marks}/:import`;

export const importRefusals = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'proposal-on-table',
  'already-decided',
  'changed-meanwhile',
] as const;

export const ImportAnswer = MarksImport.omit({ reason: true, undoings: true });
/** A request to undo an import, and what was typed about it while it is kept. */
export const UndoingAnswer = MarksUndoing.omit({ reason: true, ended: true }).extend({
  said: z.string().optional(),
  ended: z.object({ by: PersonId, at: Instant }).optional(),
  answer: z.string().optional(),
});
/** Marks from outside: files of another organisation, checked and confirmed by a second person. */
export const marksOperations = (deps: ApiDeps): Operation[] => [
  listing(deps),
  previewing(deps),
  ...importing(deps),
];

const listing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('listMarks', 'marks.read'),
      method: 'GET',
      path: marks,
      summary: 'Every file of marks that was brought, newest first: hashes, totals, who and when; no mark.',
      answer: {
        status: 200,
        schema: z.object({
          imports: z.array(
            ImportAnswer.extend({
              countsAt: z.array(z.string()),
              said: z.string().optional(),
              undoing: z.array(UndoingAnswer),
            }),
          ),
        }),
      },
      refusals: ['not-found', 'wrong-stage'],
    },
    (c) =>
      onRound(c, 'marks.read', async (command) => {
        const found = await marksHistory(deps, command);
        return found.ok ? ok({ imports: found.value.imports.map(answerOf) }) : found;
      }),
  );

const previewing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('previewMarks', 'marks.bring'),
      method: 'GET',
      path: oneImport,
      summary:
        'What a file of marks would change: applications whose outcome would be another one, those of whom only the total would, and, while totals are not whole, what is certain of them and the order so far. `outcomes` and `sha256` go into the confirmation, and so do the marks of `sample`, typed from another copy; who brought the file is not told which they are.',
      answer: {
        status: 200,
        schema: z.object({
          import: ImportAnswer,
          outcomes: Sha256,
          ...dryRunShape,
          unmarked: z.int(),
          odd: z.array(z.looseObject({ kind: z.string(), criterion: z.string() })),
          sample: z.array(z.object({ number: ApplicationNumber, criterion: z.string() })),
        }),
      },
      refusals: [...importRefusals],
    },
    (c) =>
      onImport(c, async (command) => {
        const found = await marksPreview(deps, command);
        if (!found.ok) return found;
        const { marks: brought, run, unmarked, oddities, sample } = found.value;
        return ok({
          import: brought,
          outcomes: run.digest,
          ...dryRunAnswer(run),
          unmarked,
          odd: [...oddities],
          sample: [...sample],
        });
      }),
  );

export const undoingAnswer = ({ by, at, status, said, ended, answer }: AskedUndoing) => ({
  by,
  at,
  status,
  ...(said !== undefined && { said }),
  ...(ended && { ended: { by: ended.by, at: ended.at } }),
  ...(answer !== undefined && { answer }),
});

const answerOf = ({ countsAt, asked, ...brought }: MarksHistory['imports'][number]) => ({
  ...brought,
  countsAt: [...countsAt],
  undoing: asked.map(undoingAnswer),
});

const importing = (deps: ApiDeps): Operation[] => [
  sendFile(
    {
      ...described('bringMarks', 'marks.bring', 'marks-proposed'),
      method: 'POST',
      path: marks,
      query: {
        count: z.string().describe('Number of rows, as the other organisation states it apart from the file'),
        sum: z.string().describe('Sum of all marks, stated in the same way'),
        corrects: z
          .enum(['true', 'false'])
          .optional()
          .describe('Marks that count stand beside wrong numbers'),
      },
      summary:
        'Brings a file of marks, CSV in UTF-8 or XLSX with the columns number, criterion, mark, max and at least one of number_again, mark_again and row_hash (the first 12 digits of SHA-256 of “number;criterion;mark”), filled in where the marks were made. Every fault is listed with line and column; a file without one waits for another person. Marks that wait or count already are not brought twice: the answer is their number.',
      type: 'application/octet-stream',
      answer: { status: 201, schema: z.object({ number: z.int() }) },
      refusals: [...importRefusals],
    },
    (c, file) =>
      onRound(c, 'marks.bring', async (command) => {
        const totals = { count: c.req.query('count') ?? '', sum: c.req.query('sum') ?? '' };
        const corrects = c.req.query('corrects') === 'true';
        const brought = await bringMarks(deps, { ...command, file, totals, corrects });
        return brought.ok ? ok({ number: brought.value.number }) : brought;
      }),
  ),
  send(
    {
      ...described('confirmMarks', 'marks.import', 'marks-confirmed'),
      method: 'POST',
      path: `${oneImport}/confirmation`,
      summary:
        'Makes a file of marks count. Whoever brought it cannot; where something is odd, with a reason.',
      body: z.strictObject({
        sha256: Sha256,
        outcomes: Sha256,
        sample: z.array(z.string()).max(mostTyped),
        reason: z.string().max(maxReason).default(''),
      }),
      answer: { status: 204 },
      refusals: [...importRefusals, 'second-person-needed', 'reason-needed'],
    },
    (c, shown) => onImport(c, async (command) => done(await confirmImport(deps, { ...command, ...shown }))),
  ),
  send(
    {
      ...described('refuseMarks', 'marks.bring', 'marks-refused'),
      method: 'POST',
      path: `${oneImport}/refusal`,
      summary: 'Sends a file of marks back that waits for its confirmation, with a reason.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...importRefusals, 'reason-needed'],
    },
    (c, { reason }) => onImport(c, async (command) => done(await refuseImport(deps, { ...command, reason }))),
  ),
];

export const onImport = <T>(
  c: Context,
  work: (command: CommitteeCommand & { import: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, 'marks.import', async (command) => {
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('import'));
    return number.success
      ? await work({ ...command, import: number.data })
      : refuse({ kind: 'not-found', what: 'marks' });
  });
