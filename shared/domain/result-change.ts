import * as z from 'zod';
import type { Standing } from '#shared/domain/standing.ts';

/** What would have made an application go on, everything else left as it was; percent of the scale. */
export const ResultChange = z.discriminatedUnion('kind', [
  /** The total lacks as much to the minimum. */
  z.object({ kind: z.literal('minimum'), missing: z.number(), minimum: z.number() }),
  /** The last who goes on has this total, and a higher one would have been before them. */
  z.object({ kind: z.literal('limit'), cutOff: z.number(), own: z.number() }),
  /** The last who goes on has the same total: the order of equal ones decided. */
  z.object({ kind: z.literal('tie'), cutOff: z.number() }),
]);
export type ResultChange = z.infer<typeof ResultChange>;

/**
 * What would have changed the outcome of one application at a stage; nothing where points did not decide.
 * @param at everyone of the stage, the percent that had to be reached, and how many could go on at most: where as many do, who reaches the
 *   minimum would still stand behind them
 */
export const whatWouldChange = (
  { reasons, total }: Standing,
  at: { standings: readonly Standing[]; minimum: number | undefined; atMost?: number | undefined },
): ResultChange | undefined => {
  if (total === undefined) return undefined;
  const { standings, minimum, atMost = Infinity } = at;
  const going = standings.flatMap((one) =>
    one.outcome === 'goes-on' && one.total !== undefined ? [one.total] : [],
  );
  if (reasons.includes('below-minimum')) {
    if (minimum === undefined || total >= minimum) return undefined;
    if (going.length < atMost) return { kind: 'minimum', missing: rounded(minimum - total), minimum };
  } else if (!reasons.includes('beyond-limit')) return undefined;
  if (going.length === 0) return undefined;
  const cutOff = Math.min(...going);
  return cutOff > total ? { kind: 'limit', cutOff, own: total } : { kind: 'tie', cutOff };
};

/** Totals have four decimals: their difference has no more. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
