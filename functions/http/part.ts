import type { Context } from 'hono';
import { CardStage } from '#shared/domain/stage.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whose cards an address asks for: `?part=interviews`; those of scoring where it says nothing. */
export const partIn = (c: Context): Result<CardStage, Refusal> => {
  const asked = c.req.query('part');
  if (asked === undefined) return ok('scoring');
  const part = CardStage.safeParse(asked);
  return part.success
    ? ok(part.data)
    : refuse({ kind: 'invalid', faults: [{ place: 'part', message: 'charts.fault.part' }] });
};
