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

/** Asks the outbox to look at once instead of at its next minute; losing the call loses nothing. */
export type Nudge = { outbox: () => Promise<void> };
