import type { Context } from 'hono';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import type { WebDeps } from '../deps.ts';
import { bytesOf, fieldErrors, one, readTyped } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { listPage } from './list.tsx';
import { doneAtList, listCommand } from './list-of.ts';

/** Brings what became of who was handed over; a file that does not hold comes back with what is wrong. */
export const postOutcome = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.outcome');
  if (!command.ok) return refusalPage(c, command.error);
  const file = await bytesOf(c, 'outcome');
  const brought = file.ok ? await bringOutcome(deps, { ...command.value, file: file.value }) : file;
  if (brought.ok)
    return doneAtList(c, command.value, brought.value.isKnown ? 'outcomeKnown' : 'outcomeBrought');
  if (brought.error.kind !== 'invalid') return refusalPage(c, brought.error);
  return await listPage(deps, c, fieldErrors(brought.error.faults, viewOf(c).t));
};

/** Lets as many people be told as the page said, of the outcome that it showed. */
export const postOutcomeConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.outcome');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const seen = { outcome: one(typed, 'outcome'), confirmed: Number(one(typed, 'confirmed')) };
  const told = await confirmOutcome(deps, { ...command.value, ...seen });
  return told.ok ? doneAtList(c, command.value, 'outcomeConfirmed') : refusalPage(c, told.error);
};
