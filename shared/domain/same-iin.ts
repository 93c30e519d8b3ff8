import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ApplicationEvent } from '#shared/domain/application.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** The secret of a round, under which its IINs are marked; it goes when the round's personal data go. */
export const iinSecret = (roundId: RoundId): string => `iin#${roundId}`;

/**
 * The claim that the `place`-th application with an IIN holds in a round. Twelve digits are few enough to try, so the mark is
 * an HMAC: whoever reads the claims without the secret, which lies among the personal data, learns nothing.
 */
export const iinClaim = (given: { secret: string; roundId: RoundId; iin: string; place: number }): string =>
  `iin#${given.roundId}#${markOf(given)}#${given.place}`;

const markOf = ({ secret, iin }: { secret: string; iin: string }): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(iin)));

/** How many other applications have the same IIN, where that is news. Which they are, no event says. */
export const noteSameIin = (
  known: number | undefined,
  others: number,
  now: Instant,
): Extract<ApplicationEvent, { type: 'same-iin-noted' }>[] =>
  (known ?? 0) === others ? [] : [{ type: 'same-iin-noted', at: now, others }];
