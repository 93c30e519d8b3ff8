import { guestJoining } from '#functions/commands/guest-joining.ts';
import { beginSession } from '#functions/commands/sign-in.ts';
import {
  type AuthenticationAnswer,
  authenticationOptions,
  credentialDigest,
  type RegistrationAnswer,
  registrationOptions,
  verifyAuthentication,
  verifyRegistration,
} from '#functions/commands/sign-in-ceremony.ts';
import { changeOf, type SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import {
  enrolPasskey,
  hasPasskey,
  type Person,
  personAggregate,
  removePasskey,
} from '#shared/domain/person.ts';
import { rolesNeedingPasskey } from '#shared/domain/role.ts';
import { type Challenge, challengeLifetimeSeconds, type Strength } from '#shared/domain/sign-in.ts';
import { noStaff, rolesOf, type Staff, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { acceptInvitation, openInvitation, replacesPasskey } from '#shared/domain/staff-changes.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import type { Passkey } from '#shared/ports/sign-in.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** The session in which a passkey is made or used, and the browser that it belongs to. */
export type Asker = { id: Sha256; personId: PersonId; strength: Strength; device: string };

type Elevated = Promise<Result<{ token: string }, Refusal>>;

/** The passkeys of a person that count, in the order in which they were enrolled. */
export const passkeysOf = async (deps: SignInDeps, personId: PersonId): Promise<Passkey[]> => {
  const [person, stored] = await Promise.all([
    deps.records.find(personAggregate, personId),
    deps.people.passkeys.ofPerson(personId),
  ]);
  return stored
    .filter(({ credential }) => person && hasPasskey(person.state, credential))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
};

/** What the browser needs to make a passkey. Whether it will be accepted is decided when it comes back. */
export const beginRegistration = async (deps: SignInDeps, asker: Asker): Promise<unknown> => {
  const profile = await deps.people.profiles.find(asker.personId);
  if (!profile) throw new Error(`Person ${asker.personId} has a session, but no profile.`);
  const known = await passkeysOf(deps, asker.personId);
  const challenge = await putChallenge(deps, asker, 'register');
  return await registrationOptions({ origin: deps.publicOrigin, challenge }, profile, known);
};

/** What the browser needs to use one of the person's passkeys. */
export const beginAuthentication = async (deps: SignInDeps, asker: Asker): Promise<unknown> => {
  const known = await passkeysOf(deps, asker.personId);
  const challenge = await putChallenge(deps, asker, 'authenticate');
  return await authenticationOptions({ origin: deps.publicOrigin, challenge }, known);
};

/** A passkey was shown: the session goes on under a new id, and roles that need a passkey count in it. */
export const finishAuthentication = async (
  deps: SignInDeps,
  asker: Asker,
  answer: AuthenticationAnswer,
): Elevated => {
  const challenge = await takeChallenge(deps, asker, 'authenticate');
  const known = await passkeysOf(deps, asker.personId);
  const passkey = known.find(({ credential }) => credential === credentialDigest(answer.id));
  if (!challenge || !passkey) return refuse({ kind: 'passkey-refused' });
  const counter = await verifyAuthentication({ origin: deps.publicOrigin, challenge }, answer, passkey);
  if (counter === undefined) return refuse({ kind: 'passkey-refused' });
  if (!(await deps.people.passkeys.count(asker.personId, passkey.credential, counter))) {
    return refuse({ kind: 'passkey-refused' });
  }
  const { credential } = passkey;
  return ok(await beginSession(deps, { ...asker, strength: 'passkey', credential, replaces: asker.id }));
};

/**
 * A passkey was made. With an invitation the role begins in the same commit; without one it must be a further
 * passkey of somebody who has just shown theirs.
 * @param invitation the token of the link
 */
export const finishRegistration = async (
  deps: SignInDeps,
  asker: Asker,
  given: { answer: RegistrationAnswer; invitation?: string | undefined },
): Elevated => {
  const now = deps.clock.now();
  const challenge = await takeChallenge(deps, asker, 'register');
  const passkey =
    challenge && (await verifyRegistration({ origin: deps.publicOrigin, challenge }, given.answer, now));
  if (!passkey) return refuse({ kind: 'passkey-refused' });

  // Colleagues who were invited together write to the same record: whoever loses the race is not sent through the ceremony again.
  const lost = await decideAgain(() =>
    storeEnrolment(deps, asker, { passkey, invitation: given.invitation }),
  );
  if (!lost.ok) return lost;
  if (lost.value.length > 0) await forgetLost(deps, asker.personId, lost.value);
  const { credential } = passkey;
  return ok(await beginSession(deps, { ...asker, strength: 'passkey', credential, replaces: asker.id }));
};

/**
 * Removes one of several passkeys, and ends the sessions on other devices in which it was shown.
 * @param given `session` asks, and must have shown a passkey
 */
export const dropPasskey = async (
  deps: SignInDeps,
  given: { personId: PersonId; credential: Sha256; session: Sha256 },
): Promise<Result<void, Refusal>> => {
  const person = await personOf(deps, given.personId);
  const staff = await deps.records.find(staffAggregate, staffId);
  const needed = rolesOf(staff?.state, given.personId).some((role) => rolesNeedingPasskey.has(role));
  const decision = removePasskey(person.state, { credential: given.credential, needed }, deps.clock.now());
  if (!decision.ok) return decision;
  const stored = await deps.records.commit({
    by: { kind: 'person', id: given.personId, role: 'applicant' },
    changes: [changeOf(personAggregate, given.personId, person, decision.value)],
  });
  if (!stored.ok) return refuse({ kind: 'changed-meanwhile' });
  await deps.people.passkeys.remove(given.personId, given.credential);
  for (const session of await deps.people.sessions.ofPerson(given.personId)) {
    const elsewhere = session.credential === given.credential && session.id !== given.session;
    if (elsewhere) await deps.people.sessions.end(session);
  }
  return ok(undefined);
};

type Enrolling = { passkey: Passkey; invitation: string | undefined };

/** @returns the passkeys that end by it */
const storeEnrolment = async (
  deps: SignInDeps,
  asker: Asker,
  enrolling: Enrolling,
): Promise<Result<Sha256[], Refusal | LostRace>> => {
  const enrolment = await decideEnrolment(deps, asker, enrolling);
  if (!enrolment.ok) return enrolment;
  // The key comes first: it counts only once the record names it, so a crash in between leaves nothing open.
  await deps.people.passkeys.add(asker.personId, enrolling.passkey);
  const stored = await deps.records.commit({
    by: { kind: 'person', id: asker.personId, role: 'applicant' },
    changes: enrolment.value.changes,
    claims: enrolment.value.claims,
  });
  return stored.ok ? ok(enrolment.value.lost) : refuse({ kind: 'lost-race' });
};

/** What is stored, and the passkeys that end by it. */
type Enrolment = Pick<Commit, 'changes'> & { claims: NonNullable<Commit['claims']>; lost: Sha256[] };

const decideEnrolment = async (
  deps: SignInDeps,
  asker: Asker,
  { passkey, invitation }: Enrolling,
): Promise<Result<Enrolment, Refusal>> => {
  const person = await personOf(deps, asker.personId);
  const { credential } = passkey;
  const now = deps.clock.now();
  if (invitation === undefined) {
    if (asker.strength !== 'passkey') return refuse({ kind: 'passkey-needed' });
    const facts = enrolPasskey(person.state, { credential, replacing: false }, now);
    const changes = [changeOf(personAggregate, asker.personId, person, facts)];
    return ok({ changes, claims: [], lost: [] });
  }
  const staff = await deps.records.find(staffAggregate, staffId);
  const replacing = replacementBy(staff?.state ?? noStaff, { asker, person: person.state, invitation }, now);
  if (!replacing.ok) return replacing;
  const accepted = acceptInvitation(
    staff?.state ?? noStaff,
    { invitation: sha256Of(invitation), personId: asker.personId },
    now,
  );
  if (!accepted.ok) return accepted;
  const grant = staff?.state.invitations[sha256Of(invitation)]?.grant;
  const joining = await guestJoining(deps, { grant, personId: asker.personId }, now);
  if (!joining.ok) return joining;
  const facts = enrolPasskey(person.state, { credential, replacing: replacing.value }, now);
  return ok({
    changes: [
      changeOf(personAggregate, asker.personId, person, facts),
      changeOf(staffAggregate, staffId, staff, accepted.value),
      ...joining.value.changes,
    ],
    claims: joining.value.claims,
    lost: replacing.value ? person.state.passkeys.map((lost) => lost.credential) : [],
  });
};

/** Whether older keys end. Somebody who has a key shows it; only a link for that purpose stands in for a lost one. */
const replacementBy = (
  staff: Staff,
  { asker, person, invitation }: { asker: Asker; person: Person; invitation: string },
  now: ReturnType<SignInDeps['clock']['now']>,
): Result<boolean, Refusal> => {
  const open = openInvitation(staff, sha256Of(invitation), now);
  if (!open.ok) return open;
  if (person.passkeys.length === 0) return ok(false);
  if (open.value.grant.kind === 'passkey') return ok(true);
  if (replacesPasskey(open.value)) return ok(asker.strength !== 'passkey');
  return asker.strength === 'passkey' ? ok(false) : refuse({ kind: 'passkey-needed' });
};

/** The lost device may still hold a session. */
const forgetLost = async (deps: SignInDeps, personId: PersonId, lost: readonly Sha256[]): Promise<void> => {
  for (const credential of lost) await deps.people.passkeys.remove(personId, credential);
  for (const session of await deps.people.sessions.ofPerson(personId))
    await deps.people.sessions.end(session);
};

const personOf = async (deps: SignInDeps, id: PersonId): Promise<Versioned<Person>> => {
  const person = await deps.records.find(personAggregate, id);
  if (!person) throw new Error(`Person ${id} has a session, but no record.`);
  return person;
};

const putChallenge = async (
  deps: SignInDeps,
  asker: Asker,
  purpose: Challenge['purpose'],
): Promise<string> => {
  const challenge = deps.chance.token(32);
  const expiresAt = addSeconds(deps.clock.now(), challengeLifetimeSeconds);
  await deps.people.challenges.put(asker.id, { purpose, challenge, expiresAt });
  return challenge;
};

/** Deleted in the moment it is read: an answer can be tried once. */
const takeChallenge = async (
  deps: SignInDeps,
  asker: Asker,
  purpose: Challenge['purpose'],
): Promise<string | undefined> => {
  const challenge = await deps.people.challenges.take(asker.id);
  if (challenge?.purpose !== purpose || challenge.expiresAt <= deps.clock.now()) return undefined;
  return challenge.challenge;
};
