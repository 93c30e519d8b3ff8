import type { Context } from 'hono';
import * as z from 'zod';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';

/** Which list of another region, of which round. */
export const listCommand = (
  c: Context,
  action: Action,
): Result<CommitteeCommand & { list: number }, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param('list'));
  return number.success
    ? ok({ ...command.value, list: number.data })
    : refuse({ kind: 'not-found', what: 'page' });
};

export const doneAtList = (
  c: Context,
  { roundId, list }: { roundId: string; list: number },
  what: string,
): Response =>
  c.redirect(`${paths.elsewhereList(viewOf(c).t.locale, roundId, list)}?done=elsewhere.done.${what}`, 303);
