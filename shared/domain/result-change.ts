import * as z from 'zod';
import { type Minimum, missedIn, partOf } from '#shared/domain/minimum.ts';
import type { Standing } from '#shared/domain/standing.ts';

/** What a total lacked; percent of the scale. */
const TotalChange = z.discriminatedUnion('kind', [
  /** The total lacks as much to the minimum. */
  z.object({ kind: z.literal('minimum'), missing: z.number(), minimum: z.number() }),
  /** The last who goes on has this total, and a higher one would have been before them. */
  z.object({ kind: z.literal('limit'), cutOff: z.number(), own: z.number() }),
  /** The last who goes on has the same total: the order of equal ones decided. */
  z.object({ kind: z.literal('tie'), cutOff: z.number() }),
]);
type TotalChange = z.infer<typeof TotalChange>;

/** What would have made an application go on, everything else left as it was. */
export const ResultChange = z.discriminatedUnion('kind', [
  ...TotalChange.options,
  z.object({
    /** Parts missed their minimums: points of the criterion, of the interview percent of the scale. */
    kind: z.literal('parts'),
    parts: z.array(z.object({ code: z.string(), own: z.number(), minimum: z.number() })).min(1),
    /** What the total lacked besides. */
    total: TotalChange.optional(),
  }),
]);
export type ResultChange = z.infer<typeof ResultChange>;

type At = {
  standings: readonly Standing[];
  minimum: number | undefined;
  atMost?: number | undefined;
  minimums?: readonly Minimum[] | undefined;
};

/**
 * What would have changed the outcome of one application at a stage; nothing where points did not decide.
 * @param at everyone of the stage, the percent that had to be reached, the least of single parts, and how many could go on at most: where as many
 *   do, who reaches the minimum would still stand behind them
 */
export const whatWouldChange = (standing: Standing, at: At): ResultChange | undefined => {
  if (standing.total === undefined) return undefined;
  const missed = missedIn(standing, at.minimums).filter(({ code }) =>
    standing.reasons.includes(`below-part:${code}`),
  );
  const parts = missed.flatMap(({ code, atLeast: minimum }) => {
    const own = partOf(code, standing);
    return own === undefined ? [] : [{ code, own, minimum }];
  });
  if (parts.length === 0) return totalChange(standing, at);
  const total = totalChange(besides(standing, at), at);
  return { kind: 'parts', parts, ...(total && { total }) };
};

/** The same where no part had missed its minimum: as many as may go on would stand before who has no greater total. */
const besides = (standing: Standing, { standings, atMost = Infinity }: At): Standing => {
  const { total, reasons } = standing;
  const before = standings.filter(
    (one) => one.outcome === 'goes-on' && (one.rank ?? Infinity) < (standing.rank ?? Infinity),
  );
  if (total === undefined || reasons.includes('below-minimum') || before.length < atMost) return standing;
  return { ...standing, reasons: ['beyond-limit'] };
};

const totalChange = ({ reasons, total }: Standing, at: At): TotalChange | undefined => {
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
