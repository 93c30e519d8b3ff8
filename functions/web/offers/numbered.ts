import type { Context } from 'hono';
import * as z from 'zod';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { type FieldError, fieldErrors, reasonError, type Typed } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';

/*
 * Pages on which one person proposes something and another one answers it: what was proposed in a round has numbers from 1 on, and each that
 * waits has its own form on the page.
 */

/** A form that was refused, drawn again with what was typed; `number` where it is about one that waits. */
export type Again = { number?: number; typed: Typed; errors: readonly FieldError[] };

/** The name of the field in which one is sent back. */
export const because = (number: number): string => `because-${number}`;

/** Which one of which round; `name` is that of the parameter in the address. */
export const numberedCommand = (
  c: Context,
  action: Action,
  { name, what }: { name: string; what: Extract<Refusal, { kind: 'not-found' }>['what'] },
): Result<CommitteeCommand & { number: number }, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param(name));
  return number.success ? ok({ ...command.value, number: number.data }) : refuse({ kind: 'not-found', what });
};

type Answering = {
  done: string;
  again?: Again;
  page: (locale: Locale, roundId: string) => string;
  redraw: (again: Again) => Promise<Response>;
};

/** Back to the page once it is done; the form again where something in it is wrong; else the refusal. */
export const answered = async (
  c: Context,
  { done, again, page, redraw }: Answering,
  result: Result<void, Refusal>,
): Promise<Response> => {
  const { t } = viewOf(c);
  if (result.ok) return c.redirect(`${page(t.locale, c.req.param('round') ?? '')}?done=${done}`, 303);
  const field = again?.number === undefined ? 'reason' : because(again.number);
  const reason = reasonError(result.error, t, field);
  const faults = result.error.kind === 'invalid' ? fieldErrors(result.error.faults, t) : [];
  const errors = reason ? [reason] : faults;
  return again && errors.length > 0 ? await redraw({ ...again, errors }) : refusalPage(c, result.error);
};
