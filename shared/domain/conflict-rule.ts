import * as z from 'zod';
import { Ground } from '#shared/domain/conflict.ts';
import { provenance } from '#shared/domain/provenance.ts';

/**
 * What a round compares to find possible conflicts of interest. A ground that is not named is not compared; one that `bars` keeps
 * the member from the application until the secretary clears it, one that is `shown` only tells the secretary, where it joins a member
 * with at most 25 applications.
 */
export const ConflictRule = z.strictObject({
  grounds: z
    .array(z.strictObject({ ground: Ground, effect: z.enum(['bars', 'shown']), ...provenance }))
    .min(1)
    .max(Ground.options.length),
  /** A family name that so many applicants of the round bear is a common one. */
  commonFrom: z.int().min(2).max(1000),
  /** `past-school` is found where the member left so many years before the call closed at most; whenever, where it is absent. */
  pastSchoolYears: z.int().min(0).max(60).optional(),
  ...provenance,
});
export type ConflictRule = z.infer<typeof ConflictRule>;

/** Whether it matters to the committee whom an applicant names for a reference. */
export const comparesReferees = ({ conflicts }: { conflicts?: ConflictRule | undefined }): boolean =>
  conflicts?.grounds.some(({ ground }) => ground === 'referee') ?? false;
