import type { Context } from 'hono';
import { askStatement, noteSaid } from '#functions/commands/elsewhere-saying.ts';
import { openStatementFile } from '#functions/commands/elsewhere-statement.ts';
import { statusOf } from '#functions/http/problem.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { dateOf, one, readTyped } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { arrivalOf, donePeople, noPage } from './arrival-of.ts';
import { peoplePage } from './people.tsx';

/** Notes what somebody answered; what does not hold comes back as it was typed. */
export const postSaid = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  if (!command.ok) return refusalPage(c, command.error);
  const form = await readTyped(c);
  const typed = { who: one(form, 'number'), answer: one(form, 'answer'), on: dateOf(form, 'on') };
  const noted = await noteSaid(deps, { ...command.value, ...typed });
  if (noted.ok) return donePeople(c, 'said');
  if (noted.error.kind !== 'invalid') return refusalPage(c, noted.error);
  return await peoplePage(deps, c, { faults: noted.error.faults, status: statusOf(noted.error), typed });
};

/** Lets as many answers be stated as the page showed. */
export const postStatement = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  const arrival = arrivalOf(c);
  if (!command.ok || !arrival) return refusalPage(c, command.ok ? noPage : command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const asked = await askStatement(deps, { ...command.value, arrival, confirmed });
  return asked.ok ? donePeople(c, 'statementAsked') : refusalPage(c, asked.error);
};

export const showStatementFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  const arrival = arrivalOf(c);
  if (!command.ok || !arrival) return refusalPage(c, command.ok ? noPage : command.error);
  const found = await openStatementFile(deps, { ...command.value, arrival });
  return found.ok ? c.redirect(found.value.url, 303) : refusalPage(c, found.error);
};
