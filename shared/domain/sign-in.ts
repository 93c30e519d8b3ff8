import * as z from 'zod';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** An e-mail address in the one spelling by which a person is found: trimmed, composed (NFC), lower case. */
export const MailAddress = z
  .string()
  .transform((text) => text.trim().normalize('NFC').toLowerCase())
  .pipe(z.email().max(254))
  .brand<'MailAddress'>();
export type MailAddress = z.infer<typeof MailAddress>;

/** Ten minutes: long enough for a slow letter, short enough for a screen left open. */
export const codeLifetimeSeconds = 600;

export const codeTries = 5;

/** A code that was sent and is waited for, found by the digest of a secret that only the asking browser has. */
export const CodeAttempt = z.object({
  attempt: Sha256,
  mail: MailAddress,
  /** Whose mailbox it is to become; a code that signs in has none, and neither works as the other. */
  joins: PersonId.exactOptional(),
  locale: Locale,
  salt: z.string(),
  digest: Sha256,
  expiresAt: Instant,
  tries: z.int().min(0),
  usedAt: Instant.optional(),
  /** When the same browser asked for a newer one; what others ask for changes nothing here. */
  replacedAt: Instant.optional(),
});
export type CodeAttempt = z.infer<typeof CodeAttempt>;

/**
 * @param secret the browser's own: without it, nobody who reads the table can try the million codes
 * @param code six digits
 */
export const newAttempt = (
  given: {
    secret: string;
    salt: string;
    code: string;
    mail: MailAddress;
    locale: Locale;
    joins?: PersonId | undefined;
  },
  now: Instant,
): CodeAttempt => ({
  attempt: sha256Of(given.secret),
  mail: given.mail,
  ...(given.joins && { joins: given.joins }),
  locale: given.locale,
  salt: given.salt,
  digest: digestOf(given),
  expiresAt: addSeconds(now, codeLifetimeSeconds),
  tries: 0,
});

/**
 * Whether a typed code signs in. The try was counted before.
 * Reads in the order in which a person can act on it: a used code first, then a void or old one, then a wrong one.
 */
export const judgeCode = (
  attempt: CodeAttempt | undefined,
  given: { secret: string; code: string; counted: boolean; joins?: PersonId | undefined },
  now: Instant,
): Result<CodeAttempt, Refusal> => {
  if (!attempt || attempt.joins !== given.joins) return refuse({ kind: 'code-expired' });
  if (attempt.usedAt) return refuse({ kind: 'code-used' });
  if (attempt.replacedAt) return refuse({ kind: 'code-replaced' });
  if (attempt.expiresAt <= now) return refuse({ kind: 'code-expired' });
  if (!given.counted) return refuse({ kind: 'code-exhausted' });
  const typed = given.code.replace(/[\s-]/g, '');
  if (digestOf({ ...given, salt: attempt.salt, code: typed }) !== attempt.digest) {
    return refuse(
      attempt.tries >= codeTries
        ? { kind: 'code-exhausted' }
        : { kind: 'code-wrong', triesLeft: codeTries - attempt.tries },
    );
  }
  return ok(attempt);
};

/** Six digits out of 256 bits of chance; what is left of evenness after the division is beyond measuring. */
export const codeFrom = (chance: string): string =>
  String(BigInt(`0x${sha256Of(chance)}`) % 1_000_000n).padStart(6, '0');

const digestOf = (given: { secret: string; salt: string; code: string }): Sha256 =>
  sha256Of(`${given.salt}.${given.secret}.${given.code}`);

/** How a person has shown who they are: by a code sent to the mailbox, or by a passkey as well. */
export const Strength = z.enum(['code', 'passkey']);
export type Strength = z.infer<typeof Strength>;

/** A session at rest, found by the digest of the cookie's token. */
export const StoredSession = z.object({
  id: Sha256,
  personId: PersonId,
  strength: Strength,
  /** The passkey that was shown: the session is worth no more than a code once the record no longer lists it. */
  credential: Sha256.optional(),
  /** Held a role when the session began: only then is the staff record read on each request. */
  staff: z.boolean(),
  /** The browser's own description, cut; only its owner sees it, to recognise the device. */
  device: z.string().max(200),
  createdAt: Instant,
  lastSeenAt: Instant,
});
export type StoredSession = z.infer<typeof StoredSession>;

/** Seconds without a request, and seconds in all, after which a session is over. */
const sessionLimits: Record<Strength, { idle: number; absolute: number }> = {
  code: { idle: 2 * 3600, absolute: 24 * 3600 },
  passkey: { idle: 3600, absolute: 12 * 3600 },
};

/** However busy it is, a session is over then. */
export const sessionAbsoluteEnd = (session: StoredSession): Instant =>
  addSeconds(session.createdAt, sessionLimits[session.strength].absolute);

const sessionEndsAt = (session: StoredSession): Instant => {
  const idle = addSeconds(session.lastSeenAt, sessionLimits[session.strength].idle);
  const absolute = sessionAbsoluteEnd(session);
  return idle < absolute ? idle : absolute;
};

export const sessionStands = (session: StoredSession, now: Instant): boolean => now < sessionEndsAt(session);

/** Seconds: so much earlier than its limit a session without requests may end. */
const lastSeenMayLag = 300;

/** A write every five minutes at most for "last seen": whoever fills in a form sends a page every minute or two. */
export const worthTouching = (session: StoredSession, now: Instant): boolean =>
  addSeconds(session.lastSeenAt, lastSeenMayLag) <= now;

/** A passkey ceremony that was begun: single use, five minutes. */
export const Challenge = z.object({
  purpose: z.enum(['register', 'authenticate']),
  challenge: z.string(),
  expiresAt: Instant,
});
export type Challenge = z.infer<typeof Challenge>;

export const challengeLifetimeSeconds = 300;

/** How often something may happen from one place before it has to wait. */
export type RateLimit = { name: string; limit: number; windowSeconds: number };

export const rateLimits = {
  /** Letters that one network has sent to one mailbox; so few that a stranger cannot use up the mailbox's own limit. */
  codesToAddressFromNetwork: { name: 'codes-to-address-from-network', limit: 5, windowSeconds: 3600 },
  /**
   * Letters to one mailbox from everywhere, so that nobody can flood it. With five tries each that is 150 guesses an
   * hour at a million codes.
   */
  codesToAddress: { name: 'codes-to-address', limit: 30, windowSeconds: 3600 },
  /** A whole school or a mobile operator may share one address on the last day of a call. */
  codesFromNetwork: { name: 'codes-from-network', limit: 200, windowSeconds: 600 },
  /** Typed codes, right or wrong, so that one network cannot try five codes at each of many mailboxes. */
  /** Links of references that are opened, so that nobody tries tokens. */
  linksFromNetwork: { name: 'links-from-network', limit: 60, windowSeconds: 3600 },
  triesFromNetwork: { name: 'tries-from-network', limit: 300, windowSeconds: 3600 },
} as const satisfies Record<string, RateLimit>;
