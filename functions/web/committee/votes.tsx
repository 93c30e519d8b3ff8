import type { Context } from 'hono';
import * as z from 'zod';
import { advanceRound, undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { vote } from '#functions/commands/gate-work.ts';
import { VoteChoice } from '#shared/domain/gate.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { type FieldError, one, readTyped, reasonError } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { done, gatePage } from './round.tsx';

const Shown = z.object({ proposal: Sha256 });

/** Casts the visitor's vote on the proposal that the page showed. */
export const postVote = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'gate.vote');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const shown = Shown.safeParse({ proposal: one(typed, 'proposal') });
  if (!shown.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const choice = VoteChoice.safeParse(one(typed, 'choice'));
  const reason = one(typed, 'reason');
  const redraw = (errors: FieldError[]) => gatePage(deps, c, { form: 'vote', typed, errors }, 422);
  if (!choice.success) return redraw([{ field: 'choice', text: t('committee.vote.needed') }]);
  const cast = await vote(deps, { ...command.value, ...shown.data, choice: choice.data, reason });
  if (cast.ok) return done(c, 'committee.done.voted');
  const error = reasonError(cast.error, t);
  return error ? redraw([error]) : refusalPage(c, cast.error);
};

/** Advances the round on the proposal that the page showed. */
export const postAdvance = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'gate.decide');
  if (!command.ok) return refusalPage(c, command.error);
  const shown = Shown.safeParse({ proposal: one(await readTyped(c), 'proposal') });
  if (!shown.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const advanced = await advanceRound(deps, { ...command.value, ...shown.data });
  return advanced.ok ? done(c, 'committee.done.advanced') : refusalPage(c, advanced.error);
};

/** Takes the last advance back. */
export const postUndo = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'advance.undo');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const undone = await undoLastAdvance(deps, { ...command.value, reason: one(typed, 'undoReason') });
  if (undone.ok) return done(c, 'committee.done.undone');
  const error = reasonError(undone.error, t, 'undoReason');
  return error
    ? gatePage(deps, c, { form: 'undo', typed, errors: [error] }, 422)
    : refusalPage(c, undone.error);
};
