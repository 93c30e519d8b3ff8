import type { Context } from 'hono';
import { recordAbsence, recordReturn } from '#functions/commands/chairing.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { one, readTyped, reasonError } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { done, gatePage } from './round.tsx';

/** Records that the chair is away and who chairs, or, where nobody is named, that the chair is back. */
export const postAbsence = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'gate.record');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const gate = one(typed, 'gate') || undefined;
  if (one(typed, 'press') === 'back') {
    const back = await recordReturn(deps, { ...command.value, gate });
    return back.ok ? done(c, 'committee.done.chairBack') : refusalPage(c, back.error);
  }
  if (one(typed, 'standIn') === '') {
    const errors = [{ field: 'standIn', text: t('committee.chair.needed') }];
    return await gatePage(deps, c, { form: 'absence', typed, errors }, 422);
  }
  const standIn = PersonId.safeParse(one(typed, 'standIn'));
  if (!standIn.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const given = { gate, standIn: standIn.data, reason: one(typed, 'absenceReason') };
  const recorded = await recordAbsence(deps, { ...command.value, ...given });
  if (recorded.ok) return done(c, 'committee.done.chairAway');
  const error = reasonError(recorded.error, t, 'absenceReason');
  return error
    ? gatePage(deps, c, { form: 'absence', typed, errors: [error] }, 422)
    : refusalPage(c, recorded.error);
};
