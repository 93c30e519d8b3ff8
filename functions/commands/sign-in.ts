import { noteProof, noteReached } from '#functions/commands/mailbox-proof.ts';
import { changeOf, type SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId, type Sha256 } from '#shared/domain/ids.ts';
import { endSessions, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { rolesNeedingPasskey } from '#shared/domain/role.ts';
import {
  type CodeAttempt,
  codeFrom,
  codeLifetimeSeconds,
  judgeCode,
  type MailAddress,
  newAttempt,
  type RateLimit,
  rateLimits,
  type Strength,
} from '#shared/domain/sign-in.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Who begins a session, on what, instead of which other. */
export type NewSession = {
  personId: PersonId;
  strength: Strength;
  /** The passkey that was shown. */
  credential?: Sha256 | undefined;
  device: string;
  /** The session that the browser had: its id ends, so that a planted one is worth nothing. */
  replaces?: Sha256 | undefined;
};

/** @property waiting whether a role of this person waits for a passkey */
type Begun = { token: string; staff: boolean; waiting: boolean };

/**
 * Sends a code to a mailbox. Whether it is known here is not even looked up: the answer and the work are the same.
 * @param given `replaces` is the secret of the browser's previous attempt, whose code is void from then on
 * @returns the secret that this browser keeps; the code is only valid together with it
 */
export const askForCode = async (
  deps: SignInDeps,
  given: {
    mail: MailAddress;
    locale: Locale;
    network: string;
    replaces?: string | undefined;
    /** Whose mailbox it is to become (`commands/mailbox.ts`). */
    joins?: PersonId;
  },
): Promise<Result<{ secret: string }, Refusal>> => {
  const now = deps.clock.now();
  // What one network may not do is not counted against the mailbox, or a stranger could keep its owner out.
  const allowed = await within(deps, [
    [rateLimits.codesToAddressFromNetwork, `${given.mail} ${given.network}`],
    [rateLimits.codesFromNetwork, given.network],
    [rateLimits.codesToAddress, given.mail],
  ]);
  if (!allowed.ok) return allowed;
  if (given.replaces !== undefined) await deps.people.codes.replace(sha256Of(given.replaces), now);
  const secret = deps.chance.token(32);
  const code = codeFrom(deps.chance.token(32));
  const attempt = newAttempt({ ...given, secret, code, salt: deps.chance.token(16) }, now);
  await deps.people.codes.start(attempt);
  await deps.sendCode({
    to: given.mail,
    template: given.joins ? 'mailbox-code' : 'sign-in-code',
    locale: given.locale,
    code,
    minutes: codeLifetimeSeconds / 60,
    letterId: `code-${attempt.attempt}`,
  });
  return ok({ secret });
};

/** Signs in with a code; the first time makes the account. Answers the token for the cookie. */
export const signInWithCode = async (
  deps: SignInDeps,
  given: { secret: string; code: string; network: string; device: string; replaces?: Sha256 | undefined },
): Promise<Result<Begun & { personId: PersonId }, Refusal>> => {
  const now = deps.clock.now();
  const judged = await tryCode(deps, given, now);
  if (!judged.ok) return judged;
  if (!(await deps.people.codes.spend(judged.value.attempt, now))) return refuse({ kind: 'code-used' });
  const personId = await personBehind(deps, judged.value, now);
  const session = await beginSession(deps, { ...given, personId, strength: 'code' });
  return ok({ ...session, personId });
};

/** Counts a try, also by the network that it comes from, and judges it. What the code is good for, its caller does. */
export const tryCode = async (
  deps: SignInDeps,
  given: { secret: string; code: string; network: string; joins?: PersonId },
  now: Instant,
): Promise<Result<CodeAttempt, Refusal>> => {
  const allowed = await within(deps, [[rateLimits.triesFromNetwork, given.network]]);
  if (!allowed.ok) return allowed;
  const tried = await deps.people.codes.countTry(sha256Of(given.secret));
  return judgeCode(tried?.attempt, { ...given, counted: tried?.counted ?? false }, now);
};

/** Begins a session under a new token; the only place where tokens are made. */
export const beginSession = async (
  deps: SignInDeps,
  { personId, strength, credential, device, replaces }: NewSession,
): Promise<Begun> => {
  const now = deps.clock.now();
  const token = deps.chance.token(32);
  const staff = await deps.records.find(staffAggregate, staffId);
  const roles = rolesOf(staff?.state, personId);
  const isStaff = roles.length > 0;
  await deps.people.sessions.begin(
    {
      id: sha256Of(token),
      personId,
      strength,
      ...(credential && { credential }),
      staff: isStaff,
      device: device.slice(0, 200),
      createdAt: now,
      lastSeenAt: now,
    },
    replaces,
  );
  const waiting = strength !== 'passkey' && roles.some((role) => rolesNeedingPasskey.has(role));
  return { token, staff: isStaff, waiting };
};

/** Ends all sessions of a person but the one that is kept, and says so in the record. */
export const endAllSessions = async (
  deps: SignInDeps,
  given: { personId: PersonId; keep?: Sha256 },
): Promise<number> => {
  const sessions = await deps.people.sessions.ofPerson(given.personId);
  const ended = sessions.filter(({ id }) => id !== given.keep);
  for (const session of ended) await deps.people.sessions.end(session);
  const person = await deps.records.find(personAggregate, given.personId);
  if (!person) throw new Error(`Person ${given.personId} has a session, but no record.`);
  const facts = endSessions(ended.length, deps.clock.now());
  await deps.records.commit({
    by: { kind: 'person', id: given.personId, role: 'applicant' },
    changes: [changeOf(personAggregate, given.personId, person, facts)],
  });
  return ended.length;
};

/** Ends one session of the person; one of somebody else is not found. */
export const endSession = async (
  deps: SignInDeps,
  given: { personId: PersonId; session: Sha256 },
): Promise<Result<void, Refusal>> => {
  const session = await deps.people.sessions.find(given.session);
  if (session?.personId !== given.personId) return refuse({ kind: 'not-found', what: 'page' });
  await deps.people.sessions.end(session);
  return ok(undefined);
};

/** Finds or makes the account of a proven mailbox. Each half is repeatable, so a crash between them heals. */
const personBehind = async (
  deps: SignInDeps,
  { mail, locale }: { mail: MailAddress; locale: Locale },
  now: Instant,
): Promise<PersonId> => {
  const profile =
    (await deps.people.profiles.findByMail(mail)) ??
    (await deps.people.profiles.register({
      personId: PersonId.parse(deps.chance.id()),
      mail,
      locale,
      registeredAt: now,
    }));
  const { personId } = profile;
  if (!profile.localeChosen && profile.locale !== locale)
    await deps.people.profiles.change(personId, { locale });
  const by = { kind: 'person', id: personId, role: 'applicant' } as const;
  const person = await deps.records.find(personAggregate, personId);
  if (!person) {
    await deps.records.commit({
      by,
      changes: [changeOf(personAggregate, personId, undefined, registerPerson(personId, now))],
    });
  }
  // Broken off at the desk before the record said that there is a mailbox: now it is proved again.
  if (person?.state.assisted) await noteProof(deps, { by, personId, proof: `sign-in#${personId}` });
  if (person?.state.returned) await noteReached(deps, { by, personId });
  return personId;
};

/** Counts one more of each; `too-many-requests` where a limit is passed. */
export const within = async (
  deps: Pick<SignInDeps, 'clock' | 'people'>,
  counted: readonly (readonly [RateLimit, string])[],
): Promise<Result<void, Refusal>> => {
  const now = deps.clock.now();
  for (const [rate, who] of counted) {
    if ((await deps.people.countRate(rate, who, now)) > rate.limit) {
      return refuse({ kind: 'too-many-requests', retryAfterMinutes: minutesLeft(rate, now) });
    }
  }
  return ok(undefined);
};

const minutesLeft = ({ windowSeconds }: RateLimit, now: Instant): number => {
  const seconds = new Date(now).getTime() / 1000;
  return Math.ceil((windowSeconds - (seconds % windowSeconds)) / 60);
};
