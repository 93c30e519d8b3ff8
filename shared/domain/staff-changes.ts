import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { type Grant, type Invitation, rolesOf, type Staff, type StaffEvent } from '#shared/domain/staff.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Two days: a weekend letter can wait, a forgotten link cannot. */
const invitationSeconds = 48 * 3600;

type Decision = Result<StaffEvent[], Refusal>;

/**
 * A one-time link for a role. Administrators invite for any role but that of a guest, whom a secretary invites; whoever hands their
 * own over invites one successor; the operator of the machine invites the first administrator.
 */
export const issueInvitation = (
  staff: Staff,
  given: { invitation: Sha256; grant: Grant; locale: Locale; issuer: PersonId | 'operator' },
  now: Instant,
): Decision => {
  const { grant, issuer } = given;
  if (grant.kind === 'role' && (grant.role === 'guest' || grant.guest)) {
    const isGuest = grant.role === 'guest' && grant.guest && !grant.succeeds;
    if (!isGuest || !holds(staff, issuer, 'secretary')) return refuse({ kind: 'not-allowed' });
    return ok([...overdue(staff, now), issued(given, now)]);
  }
  if (grant.kind === 'role' && grant.succeeds) {
    if (grant.succeeds !== issuer) return refuse({ kind: 'not-allowed' });
    if (!holds(staff, issuer, grant.role)) return refuse({ kind: 'role-not-held', role: grant.role });
  } else if (issuer !== 'operator' && !holds(staff, issuer, 'administrator')) {
    return refuse({ kind: 'not-allowed' });
  }
  return ok([...overdue(staff, now), issued(given, now)]);
};

/** The invitation behind a link, if it can still be used. */
export const openInvitation = (staff: Staff, digest: Sha256, now: Instant): Result<Invitation, Refusal> => {
  const invitation = staff.invitations[digest];
  if (!invitation) return refuse({ kind: 'not-found', what: 'invitation' });
  if (invitation.status === 'used') return refuse({ kind: 'invitation-used' });
  const open = invitation.status === 'open' && now < invitation.expiresAt;
  if (!open || !issuerStands(staff, invitation)) return refuse({ kind: 'invitation-expired' });
  return ok(invitation);
};

/**
 * Whether a lost passkey may be replaced with this link: two administrators agreed to it for this person, or the
 * operator wrote it, which is the way back when the only administrator has lost theirs.
 */
export const replacesPasskey = (invitation: Invitation): boolean =>
  invitation.grant.kind === 'passkey' || invitation.issuer === 'operator';

/**
 * Uses a link up. A successor's role begins and the predecessor's ends in the same moment, and with it every other
 * link that the predecessor wrote on that role: one chair has one successor.
 */
export const acceptInvitation = (
  staff: Staff,
  given: { invitation: Sha256; personId: PersonId },
  now: Instant,
): Decision => {
  const { personId } = given;
  const open = openInvitation(staff, given.invitation, now);
  if (!open.ok) return open;
  const used: StaffEvent = { type: 'invitation-used', at: now, invitation: given.invitation, personId };
  const { grant } = open.value;
  if (grant.kind === 'passkey') {
    if (grant.personId !== personId) return refuse({ kind: 'invitation-for-another' });
    return ok([used, { type: 'passkey-replaced', at: now, personId }]);
  }
  const granted: StaffEvent = { type: 'role-granted', at: now, personId, role: grant.role };
  const from = grant.succeeds;
  if (!from) return ok([used, granted]);
  if (from === personId) return refuse({ kind: 'invitation-for-another' });
  const handedOver = { personId: from, role: grant.role };
  return ok([
    used,
    granted,
    { type: 'role-handed-over', at: now, ...handedOver, to: personId },
    ...leftBehind(staff, handedOver, now).filter((left) => !isAbout(left, given.invitation)),
  ]);
};

/** Takes an open link back, whoever wrote it. */
export const voidInvitation = (
  staff: Staff,
  given: { invitation: Sha256; by: PersonId },
  now: Instant,
): Decision => {
  if (!holds(staff, given.by, 'administrator')) return refuse({ kind: 'not-allowed' });
  const open = openInvitation(staff, given.invitation, now);
  if (!open.ok) return open;
  return ok([{ type: 'invitation-voided', at: now, invitation: given.invitation, because: 'withdrawn' }]);
};

/**
 * Ends a role, and every open link and request that rested on it. The last administrator stays: a region without one
 * could not appoint another.
 */
export const revokeRole = (
  staff: Staff,
  given: { personId: PersonId; role: Role; by: PersonId },
  now: Instant,
): Decision => {
  if (!holds(staff, given.by, 'administrator')) return refuse({ kind: 'not-allowed' });
  if (!holds(staff, given.personId, given.role)) return refuse({ kind: 'role-not-held', role: given.role });
  if (given.role === 'administrator' && administrators(staff).length === 1) {
    return refuse({ kind: 'last-administrator' });
  }
  return ok([
    ...overdue(staff, now),
    { type: 'role-revoked', at: now, personId: given.personId, role: given.role },
    ...leftBehind(staff, given, now),
  ]);
};

export const administrators = (staff: Staff): string[] =>
  Object.keys(staff.members).filter((id) => staff.members[id]?.includes('administrator'));

export const holds = (staff: Staff, personId: PersonId | 'operator', role: Role): boolean =>
  personId !== 'operator' && rolesOf(staff, personId).includes(role);

/** The role on which a link was written: the own one when it is handed over, a guest's the secretary's, otherwise the administrator's. */
const basisOf = ({ grant }: Invitation): Role => {
  if (grant.kind !== 'role') return 'administrator';
  if (grant.guest) return 'secretary';
  return grant.succeeds ? grant.role : 'administrator';
};

/** A link is worth as much as its issuer's role is at the moment of use. */
const issuerStands = (staff: Staff, invitation: Invitation): boolean =>
  invitation.issuer === 'operator' || holds(staff, invitation.issuer, basisOf(invitation));

/** What somebody's role leaves behind when it ends: open links written on it, and requests for new passkeys. */
const leftBehind = (
  staff: Staff,
  { personId, role }: { personId: PersonId; role: Role },
  now: Instant,
): StaffEvent[] => {
  const links = Object.entries(staff.invitations)
    .filter(([, { status, expiresAt }]) => status === 'open' && now < expiresAt)
    .filter(([, invitation]) => invitation.issuer === personId && basisOf(invitation) === role)
    .map(([digest]) => Sha256.parse(digest));
  const requests = Object.entries(staff.replacements)
    .filter(([, { requestedBy }]) => role === 'administrator' && requestedBy === personId)
    .map(([id]) => PersonId.parse(id));
  return [
    ...links.map(
      (invitation) => ({ type: 'invitation-voided', at: now, invitation, because: 'issuer-left' }) as const,
    ),
    ...requests.map((id) => ({ type: 'passkey-replacement-withdrawn', at: now, personId: id }) as const),
  ];
};

const isAbout = (event: StaffEvent, invitation: Sha256): boolean =>
  'invitation' in event && event.invitation === invitation;

/** Links whose time is over are recorded with the next change, so no sweep is needed for them. */
export const overdue = (staff: Staff, now: Instant): StaffEvent[] =>
  Object.entries(staff.invitations)
    .filter(([, { status, expiresAt }]) => status === 'open' && expiresAt <= now)
    .map(([digest]) => ({ type: 'invitation-expired', at: now, invitation: Sha256.parse(digest) }));

/** Writes a link down, with its end. */
export const issued = (
  given: { invitation: Sha256; grant: Grant; locale: Locale; issuer: PersonId | 'operator' },
  now: Instant,
): StaffEvent => ({
  type: 'invitation-issued',
  at: now,
  ...given,
  expiresAt: addSeconds(now, invitationSeconds),
});
