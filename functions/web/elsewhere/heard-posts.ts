import type { Context } from 'hono';
import { bringStatement, confirmStatement } from '#functions/commands/elsewhere-hearing.ts';
import type { WebDeps } from '../deps.ts';
import { bytesOf, fieldErrors, one, readTyped } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { listPage } from './list.tsx';
import { doneAtList, listCommand } from './list-of.ts';

/** Brings what people answered there; a file that does not hold comes back with what is wrong. */
export const postAnswers = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.outcome');
  if (!command.ok) return refusalPage(c, command.error);
  const file = await bytesOf(c, 'statement');
  const brought = file.ok ? await bringStatement(deps, { ...command.value, file: file.value }) : file;
  if (brought.ok)
    return doneAtList(c, command.value, brought.value.isKnown ? 'statementKnown' : 'statementBrought');
  if (brought.error.kind !== 'invalid') return refusalPage(c, brought.error);
  return await listPage(deps, c, fieldErrors(brought.error.faults, viewOf(c).t));
};

/** Lets the statement count that the page showed, with what followed from it then. */
export const postAnswersConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.outcome');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const [closing, offers, returning, conflicts] = (
    ['closing', 'offers', 'returning', 'conflicts'] as const
  ).map((name) => Number(one(typed, name)));
  const seen = {
    closing: closing ?? 0,
    offers: offers ?? 0,
    returning: returning ?? 0,
    conflicts: conflicts ?? 0,
  };
  const counted = await confirmStatement(deps, {
    ...command.value,
    statement: one(typed, 'statement'),
    seen,
  });
  return counted.ok ? doneAtList(c, command.value, 'statementConfirmed') : refusalPage(c, counted.error);
};
