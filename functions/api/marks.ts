import type { Context } from 'hono';
import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send, sendFile } from '#functions/api/operation.ts';
import { described, done, onRound } from '#functions/api/selection.ts';
import { bringMarks, confirmImport, refuseImport, undoImport } from '#functions/commands/marks-import.ts';
import { type MarksHistory, marksHistory, marksPreview } from '#functions/commands/marks-views.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ApplicationNumber, Sha256 } from '#shared/domain/ids.ts';
import { MarksImport } from '#shared/domain/marks.ts';
import { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const marks = '/api/rounds/:round/marks';
const one = `${marks}/:import`;

const working = [
  'not-found',
  'wrong-stage',
  'gate-not-open',
  'proposal-on-table',
  'already-decided',
  'changed-meanwhile',
] as const;

const ImportAnswer = MarksImport.omit({ reason: true });
const Place = Standing.pick({ outcome: true, total: true, rank: true });
const Change = z.object({ number: ApplicationNumber, before: Place.optional(), after: Place.optional() });

/** Marks from outside: files of another organisation, checked, confirmed by a second person, undone with a trace. */
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
            ImportAnswer.extend({ countsAt: z.array(z.string()), said: z.string().optional() }),
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
      ...described('previewMarks', 'marks.import'),
      method: 'GET',
      path: one,
      summary:
        'What a file of marks would change: applications whose outcome would be another one, and those of whom only the total would. `outcomes` and `sha256` go into the confirmation, and so do the marks of `sample`, typed from another copy; who brought the file is not told which they are.',
      answer: {
        status: 200,
        schema: z.object({
          import: ImportAnswer,
          outcomes: Sha256,
          changed: z.array(Change),
          totalsChanged: z.array(Change),
          unscored: z.int(),
          unmarked: z.int(),
          odd: z.array(z.looseObject({ kind: z.string(), criterion: z.string() })),
          sample: z.array(z.object({ number: ApplicationNumber, criterion: z.string() })),
        }),
      },
      refusals: [...working],
    },
    (c) =>
      onImport(c, async (command) => {
        const found = await marksPreview(deps, command);
        if (!found.ok) return found;
        const {
          marks: brought,
          digest,
          outcomes,
          totals,
          unscored,
          unmarked,
          oddities,
          sample,
        } = found.value;
        return ok({
          import: brought,
          outcomes: digest,
          changed: [...outcomes],
          totalsChanged: [...totals],
          unscored,
          unmarked,
          odd: [...oddities],
          sample: [...sample],
        });
      }),
  );

const answerOf = ({ countsAt, ...brought }: MarksHistory['imports'][number]) => ({
  ...brought,
  countsAt: [...countsAt],
});

const importing = (deps: ApiDeps): Operation[] => [
  sendFile(
    {
      ...described('bringMarks', 'marks.import', 'marks-proposed'),
      method: 'POST',
      path: marks,
      query: {
        count: z.string().describe('Number of rows, as the other organisation states it apart from the file'),
        sum: z.string().describe('Sum of all marks, stated in the same way'),
      },
      summary:
        'Brings a file of marks, CSV in UTF-8 or XLSX with the columns number, criterion, mark and max. Every fault is listed with line and column; a file without one waits for another person. Marks that wait or count already are not brought twice: the answer is their number.',
      type: 'application/octet-stream',
      answer: { status: 201, schema: z.object({ number: z.int() }) },
      refusals: [...working],
    },
    (c, file) =>
      onRound(c, 'marks.import', async (command) => {
        const totals = { count: c.req.query('count') ?? '', sum: c.req.query('sum') ?? '' };
        const brought = await bringMarks(deps, { ...command, file, totals });
        return brought.ok ? ok({ number: brought.value.number }) : brought;
      }),
  ),
  send(
    {
      ...described('confirmMarks', 'marks.import', 'marks-confirmed'),
      method: 'POST',
      path: `${one}/confirmation`,
      summary:
        'Makes a file of marks count. Whoever brought it cannot; where something is odd, with a reason.',
      body: z.strictObject({
        sha256: Sha256,
        outcomes: Sha256,
        sample: z.array(z.string()).max(9),
        reason: z.string().max(maxReason).default(''),
      }),
      answer: { status: 204 },
      refusals: [...working, 'second-person-needed', 'reason-needed'],
    },
    (c, shown) => onImport(c, async (command) => done(await confirmImport(deps, { ...command, ...shown }))),
  ),
  ending(deps, 'refuseMarks', { path: 'refusal', audit: 'marks-refused', end: refuseImport }),
  ending(deps, 'undoMarks', { path: 'undoing', audit: 'marks-undone', end: undoImport }),
];

const ending = (
  deps: ApiDeps,
  id: string,
  { path, audit, end }: { path: 'refusal' | 'undoing'; audit: string; end: typeof refuseImport },
): Operation =>
  send(
    {
      ...described(id, 'marks.import', audit),
      method: 'POST',
      path: `${one}/${path}`,
      summary:
        path === 'refusal'
          ? 'Sends a file of marks back that waits for its confirmation, with a reason.'
          : 'Takes marks back that count, with a reason; those before count again.',
      body: z.strictObject({ reason: z.string().trim().min(1).max(maxReason) }),
      answer: { status: 204 },
      refusals: [...working, 'reason-needed'],
    },
    (c, { reason }) => onImport(c, async (command) => done(await end(deps, { ...command, reason }))),
  );

const onImport = <T>(
  c: Context,
  work: (command: CommitteeCommand & { import: number }) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> =>
  onRound(c, 'marks.import', async (command) => {
    const number = z.coerce.number().int().min(1).safeParse(c.req.param('import'));
    return number.success
      ? await work({ ...command, import: number.data })
      : refuse({ kind: 'not-found', what: 'marks' });
  });
