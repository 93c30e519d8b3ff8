import * as z from 'zod';
import { provenance } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Incentive } from '#shared/domain/vacancy.ts';

const mostTenge = 1_000_000_000;

/** What an incentive is worth, in the unit in which its source says so; `incentive-amount.ts` makes tenge of it. */
const Worth = z.discriminatedUnion('unit', [
  z.strictObject({
    unit: z.literal('tenge'),
    from: z.int().min(1).max(mostTenge),
    to: z.int().min(1).max(mostTenge).optional(),
  }),
  /** So many times the monthly calculation index of the year. */
  z.strictObject({ unit: z.literal('mci'), times: z.number().min(0.1).max(10_000) }),
  /** Percent of the official salary (ДО), which hangs on the pay coefficient of the person. */
  z.strictObject({ unit: z.literal('official-salary'), percent: z.number().min(1).max(1000) }),
  /** A thing, such as a place in a kindergarten, not money. */
  z.strictObject({ unit: z.literal('in-kind') }),
]);
export type Worth = z.infer<typeof Worth>;

export const IncentiveRule = z.strictObject({
  of: z.array(Incentive).min(1),
  title: Texts,
  worth: Worth,
  every: z.enum(['month', 'year', 'once']),
  /** A `rule` says what is given; an `example` is a figure that somebody named, and promises nothing. */
  standing: z.enum(['rule', 'example']),
  ...provenance,
});
export type IncentiveRule = z.infer<typeof IncentiveRule>;
