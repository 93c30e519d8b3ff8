import type { ApplicationEvent } from '#shared/domain/application.ts';
import { hmacOf } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** The secret of a round, under which its IINs are marked; it stays beside them, also after an erasure, which `rights.erase.stays` says. */
export const iinSecret = (roundId: RoundId): string => `iin#${roundId}`;

/**
 * The claim that the `place`-th application with an IIN holds in a round. Twelve digits are few enough to try, so the mark is
 * an HMAC: whoever reads the claims without the secret, which lies among the personal data, learns nothing.
 */
export const iinClaim = (given: { secret: string; roundId: RoundId; iin: string; place: number }): string =>
  `iin#${given.roundId}#${hmacOf(given.secret, given.iin)}#${given.place}`;

/** How many other applications have the same IIN, where that is news. Which they are, no event says. */
export const noteSameIin = (
  known: number | undefined,
  others: number,
  now: Instant,
): Extract<ApplicationEvent, { type: 'same-iin-noted' }>[] =>
  (known ?? 0) === others ? [] : [{ type: 'same-iin-noted', at: now, others }];
