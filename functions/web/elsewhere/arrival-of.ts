import type { Context } from 'hono';
import * as z from 'zod';
import type { Refusal } from '#shared/errors.ts';
import { paths } from '../paths.ts';
import { viewOf } from '../view.ts';

/** Which packet of another region the address names. */
export const arrivalOf = (c: Context): number | undefined =>
  z.coerce.number().int().min(1).safeParse(c.req.param('arrival')).data;

export const donePeople = (c: Context, what: string): Response => {
  const address = paths.elsewherePeople(viewOf(c).t.locale, c.req.param('round') ?? '');
  return c.redirect(`${address}?done=elsewhere.done.${what}`, 303);
};

export const noPage: Refusal = { kind: 'not-found', what: 'page' };
