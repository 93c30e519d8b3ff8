import * as z from 'zod';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Typed by a person. */
const reason = z.string().trim().min(1);

/** A meeting as the secretary recorded it. */
export const Meeting = z.strictObject({
  at: Instant,
  /** `inquorate`: too few came; `postponed`: it did not take place. */
  outcome: z.enum(['held', 'inquorate', 'postponed']),
  present: z.array(PersonId),
  reason: reason.optional(),
});

/** Who chaired while the chair was away, and why. */
export const Chaired = z.strictObject({ by: PersonId, reason: reason.optional() });
