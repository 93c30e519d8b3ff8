import type { NudgedRow } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Time, handed in. */
export type Clock = { now: () => Instant };

/** Chance, handed in: identifiers, salts and tokens. */
export type Chance = {
  /** 20 characters of Crockford's base 32 (100 bits). */
  id: () => string;
  /** @param bytes of chance, answered as base64url */
  token: (bytes: number) => string;
};

/**
 * Asks the outbox to deliver rows at once instead of at its next minute, or to look for whatever is due where none are named;
 * losing the call loses nothing.
 */
export type Nudge = { outbox: (rows?: readonly NudgedRow[]) => Promise<void> };
