import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import { ApplicationId, PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import { Instant } from '#shared/domain/time.ts';

/** What somebody moved that the committee decide on one application, whatever its points propose. */
export const Motion = z.object({
  applicationId: ApplicationId,
  outcome: z.enum(['goes-on', 'stops']),
  /** Typed. */
  reason: DocumentRef,
  by: PersonId,
  at: Instant,
  /** From which list on the table. */
  proposal: Sha256,
});
export type Motion = z.infer<typeof Motion>;

/** The same on the list that is voted on: what the points had proposed, by its reasons. The outcome is that of the standing. */
export const Departure = z.object({
  applicationId: ApplicationId,
  instead: z.array(z.string()),
  reason: DocumentRef,
});
export type Departure = z.infer<typeof Departure>;

/** Why an application stops that the points would have let go on. */
export const departureReason = 'departure' satisfies StandingReason;

/** Motions by application, the newest of each. */
export const withMotion = (motions: readonly Motion[] = [], motion: Motion): Motion[] => [
  ...motions.filter(({ applicationId }) => applicationId !== motion.applicationId),
  motion,
];
