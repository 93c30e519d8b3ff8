import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import {
  ImportAnswer,
  importRefusals,
  oneImport,
  onImport,
  UndoingAnswer,
  undoingAnswer,
} from '#functions/api/marks.ts';
import { dryRunAnswer, dryRunShape } from '#functions/api/marks-dry-run.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, done } from '#functions/api/selection.ts';
import {
  askUndoing,
  confirmUndoing,
  refuseUndoing,
  undoingPreview,
  withdrawUndoing,
} from '#functions/commands/marks-undoing.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { ok } from '#shared/result.ts';

const undoing = `${oneImport}/undoing`;
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(maxReason) });

/** Taking back marks that count: one person asks, another one confirms. */
export const marksUndoingOperations = (deps: ApiDeps): Operation[] => [previewing(deps), ...answering(deps)];

const previewing = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('previewUndoing', 'marks.import'),
      method: 'GET',
      path: undoing,
      summary:
        'What undoing a file of marks would change: applications whose outcome would be another one, those of whom only the total would, and which file counts again at each criterion. `shown` goes into the confirmation.',
      answer: {
        status: 200,
        schema: z.object({
          import: ImportAnswer,
          shown: Sha256,
          again: z.array(z.object({ criterion: z.string(), import: z.int().optional() })),
          ...dryRunShape,
          unmarked: z.int(),
          undoing: z.array(UndoingAnswer),
        }),
      },
      refusals: [...importRefusals],
    },
    (c) =>
      onImport(c, async (command) => {
        const found = await undoingPreview(deps, command);
        if (!found.ok) return found;
        const { marks, digest, again, run, unmarked, asked } = found.value;
        return ok({
          import: marks,
          shown: digest,
          again: again.map(({ criterion, import: next }) => ({ criterion, import: next?.number })),
          ...dryRunAnswer(run),
          unmarked,
          undoing: asked.map(undoingAnswer),
        });
      }),
  );

const answering = (deps: ApiDeps): Operation[] => [
  send(
    {
      ...described('askUndoing', 'marks.import', 'marks-undoing-asked'),
      method: 'POST',
      path: undoing,
      summary: 'Asks another person to undo marks that count, with a reason.',
      body: Reason,
      answer: { status: 204 },
      refusals: [...importRefusals, 'reason-needed'],
    },
    (c, { reason }) => onImport(c, async (command) => done(await askUndoing(deps, { ...command, reason }))),
  ),
  send(
    {
      ...described('confirmUndoing', 'marks.import', 'marks-undone'),
      method: 'POST',
      path: `${undoing}/confirmation`,
      summary: 'Undoes what another person asked to be undone; the file before counts again.',
      body: z.strictObject({ shown: Sha256 }),
      answer: { status: 204 },
      refusals: [...importRefusals, 'second-person-needed'],
    },
    (c, { shown }) => onImport(c, async (command) => done(await confirmUndoing(deps, { ...command, shown }))),
  ),
  send(
    {
      ...described('refuseUndoing', 'marks.import', 'marks-undoing-refused'),
      method: 'POST',
      path: `${undoing}/refusal`,
      summary: 'Answers no to a request to undo marks, with a reason. Whoever asked withdraws instead.',
      body: Reason,
      answer: { status: 204 },
      refusals: [...importRefusals, 'second-person-needed', 'reason-needed'],
    },
    (c, { reason }) =>
      onImport(c, async (command) => done(await refuseUndoing(deps, { ...command, reason }))),
  ),
  ask(
    {
      ...described('withdrawUndoing', 'marks.import', 'marks-undoing-withdrawn'),
      method: 'POST',
      path: `${undoing}/withdrawal`,
      summary: 'Takes the own request to undo marks back.',
      answer: { status: 204 },
      refusals: [...importRefusals],
    },
    (c) => onImport(c, async (command) => done(await withdrawUndoing(deps, command))),
  ),
];
