import type { Context } from 'hono';
import { departFrom } from '#functions/commands/departures.ts';
import { gateView } from '#functions/commands/gate-view.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Standing } from '#shared/domain/standing.ts';
import { openIn } from '#shared/domain/walls.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { type FieldError, one, readTyped, reasonError } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { done, gatePage } from './round.tsx';

/** Moves a departure from the proposal that the page showed. */
export const postDeparture = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'gate.depart');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const proposal = Sha256.safeParse(one(typed, 'proposal'));
  if (!proposal.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const redraw = (errors: FieldError[]) => gatePage(deps, c, { form: 'departure', typed, errors }, 422);
  const found = await gateView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const outcome = Standing.shape.outcome.safeParse(one(typed, 'outcome'));
  const number = one(typed, 'number').trim().toUpperCase();
  const standing = found.value.proposal && openIn(found.value.proposal).find((row) => row.number === number);
  if (!standing) return redraw([{ field: 'number', text: t('committee.departure.number.unknown') }]);
  if (!outcome.success) return redraw([{ field: 'outcome', text: t('committee.departure.outcome.needed') }]);
  const moved = await departFrom(deps, {
    ...command.value,
    proposal: proposal.data,
    applicationId: standing.applicationId,
    outcome: outcome.data,
    reason: one(typed, 'departureReason'),
  });
  if (moved.ok) return done(c, 'committee.done.departed');
  const error = reasonError(moved.error, t, 'departureReason');
  return error ? redraw([error]) : refusalPage(c, moved.error);
};
