import * as z from 'zod';
import type { Elsewhere, ElsewhereEvent } from '#shared/domain/elsewhere.ts';
import { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const Named = z.object({ from: RegionCode, number: ApplicationNumber });
export type Named = z.infer<typeof Named>;

const ruling = { one: Named, other: Named, same: z.boolean(), by: PersonId, at: Instant };

/** What somebody found out about two people of different regions: that they are the same person, or that they are not. */
export const TwinRuling = z.object(ruling);
export type TwinRuling = z.infer<typeof TwinRuling>;

export const twinEvents = [z.object({ type: z.literal('elsewhere-twins-ruled'), ...ruling })] as const;
type TwinEvent = z.infer<(typeof twinEvents)[number]>;

/** The newest of each two; all of them stay in the record's history. */
export const evolveTwins = (before: readonly TwinRuling[], event: TwinEvent): TwinRuling[] => {
  const { type: _type, ...ruled } = event;
  return [...before.filter((one) => !isOf(one, ruled)), ruled];
};

/** What was ruled of two people; undefined where nobody has. */
const rulingOf = (
  rulings: readonly TwinRuling[],
  two: Pick<TwinRuling, 'one' | 'other'>,
): TwinRuling | undefined => rulings.find((ruled) => isOf(ruled, two));

type Two = Pick<TwinRuling, 'one' | 'other'>;

const isOf = (ruled: Two, { one, other }: Two): boolean =>
  (isSame(ruled.one, one) && isSame(ruled.other, other)) ||
  (isSame(ruled.one, other) && isSame(ruled.other, one));

const isSame = (a: Named, b: Named): boolean => a.from === b.from && a.number === b.number;

/**
 * Says of two people whether they are one. Refused with a fault where one region has both, because it told them apart; as `changed-meanwhile` once posts were
 * given. The same again changes nothing.
 */
export const ruleTwins = (
  elsewhere: Elsewhere,
  { one, other, same, by }: Omit<TwinRuling, 'at'>,
  now: Instant,
): Result<ElsewhereEvent[], Refusal> => {
  if (elsewhere.given) return refuse({ kind: 'changed-meanwhile' });
  if (one.from === other.from) {
    return refuse({ kind: 'invalid', faults: [{ place: 'other', message: 'elsewhere.fault.oneRegion' }] });
  }
  if (rulingOf(elsewhere.twins ?? [], { one, other })?.same === same) return ok([]);
  return ok([{ type: 'elsewhere-twins-ruled', at: now, by, one, other, same }]);
};
