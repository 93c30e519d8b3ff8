import * as z from 'zod';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** `page` of a list that comes a hundred at a time. */
export const AskedPage = z.int().min(1).max(1_000_000);

const noPage: Fault = { place: '/page', message: 'round-file.too-small', facts: { minimum: 1 } };

/** The first page where none is named; what is no whole number from 1 is refused. */
export const askedPage = (asked: string | undefined): Result<number, Refusal> => {
  if (asked === undefined) return ok(1);
  const page = AskedPage.safeParse(/^\d+$/.test(asked) ? Number(asked) : undefined);
  return page.success ? ok(page.data) : refuse({ kind: 'invalid', faults: [noPage] });
};
