import * as z from 'zod';
import type { Aggregate } from '#shared/domain/event.ts';
import { PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { Role } from '#shared/domain/role.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import { Locale } from '#shared/i18n/locale.ts';

/** A region has one record of its staff, so that two changes at once cannot both be the last administrator's. */
export const staffId = 'REGION';

/** What a one-time link gives to whoever opens it and proves a mailbox and a passkey. */
export const Grant = z.discriminatedUnion('kind', [
  /** `succeeds` hands the role over: that person's own ends in the same moment. */
  z.object({
    kind: z.literal('role'),
    role: Role,
    succeeds: PersonId.optional(),
    /** Of whom the role makes a guest where; the role means nothing without it. */
    guest: z.object({ roundId: RoundId, number: z.int().min(1) }).optional(),
  }),
  /** A new passkey instead of a lost one; nobody else can use the link. */
  z.object({ kind: z.literal('passkey'), personId: PersonId }),
]);
export type Grant = z.infer<typeof Grant>;

/** Who asked: an administrator, or the operator of the machine. */
const Issuer = z.union([PersonId, z.literal('operator')]);

const StaffEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('invitation-issued'),
    at: Instant,
    /** Digest of the link's token; the token itself is nowhere. */
    invitation: Sha256,
    grant: Grant,
    locale: Locale,
    issuer: Issuer,
    expiresAt: Instant,
  }),
  z.object({ type: z.literal('invitation-used'), at: Instant, invitation: Sha256, personId: PersonId }),
  z.object({ type: z.literal('invitation-expired'), at: Instant, invitation: Sha256 }),
  z.object({
    type: z.literal('invitation-voided'),
    at: Instant,
    invitation: Sha256,
    /** Taken back by an administrator, or worth nothing since its issuer's role ended. */
    because: z.enum(['withdrawn', 'issuer-left']),
  }),
  z.object({ type: z.literal('role-granted'), at: Instant, personId: PersonId, role: Role }),
  z.object({ type: z.literal('role-revoked'), at: Instant, personId: PersonId, role: Role }),
  z.object({
    type: z.literal('role-handed-over'),
    at: Instant,
    personId: PersonId,
    to: PersonId,
    role: Role,
  }),
  z.object({
    type: z.literal('passkey-replacement-requested'),
    at: Instant,
    personId: PersonId,
    requestedBy: PersonId,
  }),
  z.object({
    type: z.literal('passkey-replacement-approved'),
    at: Instant,
    personId: PersonId,
    approvedBy: PersonId,
  }),
  z.object({ type: z.literal('passkey-replacement-withdrawn'), at: Instant, personId: PersonId }),
  z.object({ type: z.literal('passkey-replaced'), at: Instant, personId: PersonId }),
]);
export type StaffEvent = z.infer<typeof StaffEvent>;

const Invitation = z.object({
  grant: Grant,
  locale: Locale,
  issuer: Issuer,
  expiresAt: Instant,
  status: z.enum(['open', 'used', 'expired', 'void']),
});
export type Invitation = z.infer<typeof Invitation>;

const Staff = z.object({
  /** Granted roles by person; a person without any is absent. */
  members: z.record(z.string(), z.array(Role)),
  /** By digest. Ended ones stay for a while, so that a used link can be told from an unknown one. */
  invitations: z.record(z.string(), Invitation),
  /** Lost passkeys that a second administrator has yet to confirm, by person. */
  replacements: z.record(z.string(), z.object({ requestedBy: PersonId, at: Instant })),
});
export type Staff = z.infer<typeof Staff>;

export const noStaff: Staff = { members: {}, invitations: {}, replacements: {} };

export const rolesOf = (staff: Staff | undefined, personId: PersonId): readonly Role[] =>
  staff?.members[personId] ?? [];

export const staffAggregate: Aggregate<Staff, StaffEvent> = {
  name: 'staff',
  event: StaffEvent,
  snapshot: Staff,
  evolve: (state, event) => evolve(state ?? noStaff, event),
  lists: () => ({}),
};

const evolve = (staff: Staff, event: StaffEvent): Staff => {
  switch (event.type) {
    case 'invitation-issued': {
      const { invitation, grant, locale, issuer, expiresAt, at } = event;
      const known = forgetOld(staff.invitations, at);
      const issued = { grant, locale, issuer, expiresAt, status: 'open' as const };
      return { ...staff, invitations: { ...known, [invitation]: issued } };
    }
    case 'invitation-used':
      return ended(staff, event.invitation, 'used');
    case 'invitation-expired':
      return ended(staff, event.invitation, 'expired');
    case 'invitation-voided':
      return ended(staff, event.invitation, 'void');
    case 'role-granted':
      return withRoles(staff, event.personId, [...new Set([...rolesOf(staff, event.personId), event.role])]);
    case 'role-revoked':
    case 'role-handed-over':
      return withRoles(
        staff,
        event.personId,
        rolesOf(staff, event.personId).filter((role) => role !== event.role),
      );
    case 'passkey-replacement-requested': {
      const request = { requestedBy: event.requestedBy, at: event.at };
      return { ...staff, replacements: { ...staff.replacements, [event.personId]: request } };
    }
    case 'passkey-replacement-approved':
    case 'passkey-replacement-withdrawn':
      return { ...staff, replacements: without(staff.replacements, event.personId) };
    case 'passkey-replaced':
      return staff;
    default:
      return event satisfies never;
  }
};

const withRoles = (staff: Staff, personId: PersonId, roles: readonly Role[]): Staff => {
  const others = without(staff.members, personId);
  return { ...staff, members: roles.length > 0 ? { ...others, [personId]: [...roles] } : others };
};

const ended = (staff: Staff, digest: Sha256, status: 'used' | 'expired' | 'void'): Staff => {
  const invitation = staff.invitations[digest];
  if (!invitation) throw new Error('An invitation ended that was never issued.');
  return { ...staff, invitations: { ...staff.invitations, [digest]: { ...invitation, status } } };
};

/** Ninety days after its end a link is simply unknown; the events keep the whole story. */
const forgetOld = (invitations: Staff['invitations'], at: Instant): Staff['invitations'] => {
  const oldest = addSeconds(at, -90 * 86_400);
  return Object.fromEntries(
    Object.entries(invitations).filter(
      ([, { status, expiresAt }]) => status === 'open' || expiresAt > oldest,
    ),
  );
};

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
