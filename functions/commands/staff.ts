import { guestJoining } from '#functions/commands/guest-joining.ts';
import { changeOf, type SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { Actor } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type Role, rolesNeedingPasskey } from '#shared/domain/role.ts';
import type { Strength } from '#shared/domain/sign-in.ts';
import {
  type Grant,
  type Invitation,
  noStaff,
  type Staff,
  type StaffEvent,
  staffAggregate,
  staffId,
} from '#shared/domain/staff.ts';
import {
  acceptInvitation,
  issueInvitation,
  openInvitation,
  revokeRole,
  voidInvitation,
} from '#shared/domain/staff-changes.ts';
import {
  approveReplacement,
  requestReplacement,
  withdrawReplacement,
} from '#shared/domain/staff-replacement.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Person = Extract<Actor, { kind: 'person' }>;
type StaffDeps = Pick<SignInDeps, 'records' | 'clock' | 'chance' | 'publicOrigin'>;

/** A link that works once. It is shown to whoever asked for it and is nowhere else. */
export type EnrolmentLink = { link: string; expiresAt: Instant };

/**
 * Invites somebody for a role: an administrator for any, a holder as the own successor, the operator of the machine
 * for the first administrator.
 */
export const invite = async (
  deps: StaffDeps,
  given: { by: Person | { kind: 'operator' }; role: Role; locale: Locale; succession?: boolean },
): Promise<Result<EnrolmentLink, Refusal>> => {
  const { by, role, locale } = given;
  const issuer = by.kind === 'person' ? by.id : 'operator';
  const succeeds = given.succession && by.kind === 'person' ? { succeeds: by.id } : {};
  const grant: Grant = { kind: 'role', role, ...succeeds };
  return await issueLink(deps, { by, locale }, (staff, invitation, now) =>
    issueInvitation(staff, { invitation, grant, locale, issuer }, now),
  );
};

/** What a link would give, before it is used. @param token of the link */
export const viewInvitation = async (
  deps: StaffDeps,
  token: string,
): Promise<Result<Invitation, Refusal>> => {
  const staff = await deps.records.find(staffAggregate, staffId);
  return openInvitation(staff?.state ?? noStaff, sha256Of(token), deps.clock.now());
};

/**
 * Takes a role without making a passkey: one was shown in this session, or the role needs none.
 * @param strength of the session that accepts
 */
export const accept = (
  deps: StaffDeps,
  given: { by: Person; token: string; strength: Strength },
): Promise<Result<void, Refusal>> =>
  change(
    deps,
    given.by,
    (staff, now) => {
      const invitation = sha256Of(given.token);
      const grant = staff.invitations[invitation]?.grant;
      if (grant && needsPasskey(grant, given.strength)) return refuse({ kind: 'passkey-needed' });
      return acceptInvitation(staff, { invitation, personId: given.by.id }, now);
    },
    (staff, now) => {
      const grant = staff.invitations[sha256Of(given.token)]?.grant;
      return guestJoining(deps, { grant, personId: given.by.id }, now);
    },
  );

/** A link that replaces a lost passkey is used up by the new one alone. */
const needsPasskey = (grant: Grant, strength: Strength): boolean =>
  grant.kind === 'passkey' || (rolesNeedingPasskey.has(grant.role) && strength !== 'passkey');

export const revoke = (
  deps: StaffDeps,
  given: { by: Person; personId: PersonId; role: Role },
): Promise<Result<void, Refusal>> =>
  change(deps, given.by, (staff, now) => revokeRole(staff, { ...given, by: given.by.id }, now));

/** Takes an open link back; `invitation` is the digest of its token. */
export const voidLink = (
  deps: StaffDeps,
  given: { by: Person; invitation: Sha256 },
): Promise<Result<void, Refusal>> =>
  change(deps, given.by, (staff, now) => voidInvitation(staff, { ...given, by: given.by.id }, now));

/** The first administrator says that a passkey is lost. */
export const askReplacement = (
  deps: StaffDeps,
  given: { by: Person; personId: PersonId },
): Promise<Result<void, Refusal>> =>
  change(deps, given.by, (staff, now) => requestReplacement(staff, { ...given, by: given.by.id }, now));

/** An administrator says that it was not, or was found. */
export const takeBackReplacement = (
  deps: StaffDeps,
  given: { by: Person; personId: PersonId },
): Promise<Result<void, Refusal>> =>
  change(deps, given.by, (staff, now) => withdrawReplacement(staff, { ...given, by: given.by.id }, now));

/** The second one agrees and gets the link for the person. */
export const agreeReplacement = (
  deps: StaffDeps,
  given: { by: Person; personId: PersonId; locale: Locale },
): Promise<Result<EnrolmentLink, Refusal>> =>
  issueLink(deps, given, (staff, invitation, now) =>
    approveReplacement(staff, { ...given, by: given.by.id, invitation }, now),
  );

export const currentStaff = async ({ records }: Pick<StaffDeps, 'records'>): Promise<Staff> =>
  (await records.find(staffAggregate, staffId))?.state ?? noStaff;

type Decide = (staff: Staff, now: Instant) => Result<StaffEvent[], Refusal>;
/** What else is stored in the same commit. */
type Beside = (staff: Staff, now: Instant) => ReturnType<typeof guestJoining>;

const issueLink = async (
  deps: StaffDeps,
  { by, locale }: { by: Actor; locale: Locale },
  decide: (
    staff: Staff,
    invitation: ReturnType<typeof sha256Of>,
    now: Instant,
  ) => Result<StaffEvent[], Refusal>,
): Promise<Result<EnrolmentLink, Refusal>> => {
  const token = deps.chance.token(32);
  const invitation = sha256Of(token);
  const changed = await change(deps, by, (staff, now) => decide(staff, invitation, now));
  if (!changed.ok) return changed;
  const issued = await viewInvitation(deps, token);
  if (!issued.ok) return issued;
  // In the fragment, which browsers never send: no log of a server or proxy can hold the token.
  return ok({ link: `${deps.publicOrigin}/${locale}/enrol#${token}`, expiresAt: issued.value.expiresAt });
};

/** Decides again on what is stored now when another change came first, so that the answer names the real reason. */
const change = async (
  deps: StaffDeps,
  by: Actor,
  decide: Decide,
  beside: Beside = async () => ok({ changes: [], claims: [], requires: [] }),
): Promise<Result<void, Refusal>> => {
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const staff = await deps.records.find(staffAggregate, staffId);
    const decision = decide(staff?.state ?? noStaff, deps.clock.now());
    if (!decision.ok) return decision;
    const more = await beside(staff?.state ?? noStaff, deps.clock.now());
    if (!more.ok) return more;
    const changes = [changeOf(staffAggregate, staffId, staff, decision.value), ...more.value.changes];
    const { claims, requires } = more.value;
    if ((await deps.records.commit({ by, changes, claims, requires })).ok) return ok(undefined);
  }
  return refuse({ kind: 'changed-meanwhile' });
};
