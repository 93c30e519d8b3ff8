import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type Grant, rolesOf, type Staff, type StaffEvent } from '#shared/domain/staff.ts';
import { holds, issued, overdue } from '#shared/domain/staff-changes.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A week: a second administrator may be on leave, but nobody agrees months later to what was asked once. */
const requestSeconds = 7 * 86_400;

type Decision = Result<StaffEvent[], Refusal>;

/** Who says that this person's passkey is lost, as long as that waits for a second administrator. */
export const replacementAskedBy = (staff: Staff, personId: PersonId, now: Instant): PersonId | undefined => {
  const request = staff.replacements[personId];
  if (!request || addSeconds(request.at, requestSeconds) <= now) return undefined;
  return holds(staff, request.requestedBy, 'administrator') ? request.requestedBy : undefined;
};

/** The first of two administrators says that somebody's passkey is lost. */
export const requestReplacement = (
  staff: Staff,
  given: { personId: PersonId; by: PersonId },
  now: Instant,
): Decision => {
  if (!holds(staff, given.by, 'administrator')) return refuse({ kind: 'not-allowed' });
  if (rolesOf(staff, given.personId).length === 0) return refuse({ kind: 'not-found', what: 'person' });
  if (given.personId === given.by) return refuse({ kind: 'second-administrator-needed' });
  if (replacementAskedBy(staff, given.personId, now)) return refuse({ kind: 'already-requested' });
  return ok([
    { type: 'passkey-replacement-requested', at: now, personId: given.personId, requestedBy: given.by },
  ]);
};

/** The second one agrees; the link that this makes is for that person alone. */
export const approveReplacement = (
  staff: Staff,
  given: { personId: PersonId; by: PersonId; invitation: Sha256; locale: Locale },
  now: Instant,
): Decision => {
  const askedBy = replacementAskedBy(staff, given.personId, now);
  if (!holds(staff, given.by, 'administrator')) return refuse({ kind: 'not-allowed' });
  if (!askedBy) return refuse({ kind: 'replacement-not-requested' });
  if (askedBy === given.by || given.personId === given.by) {
    return refuse({ kind: 'second-administrator-needed' });
  }
  const grant: Grant = { kind: 'passkey', personId: given.personId };
  return ok([
    ...overdue(staff, now),
    { type: 'passkey-replacement-approved', at: now, personId: given.personId, approvedBy: given.by },
    issued({ invitation: given.invitation, grant, locale: given.locale, issuer: given.by }, now),
  ]);
};

/** Any administrator may stop it: the passkey was found, or its owner never lost it. */
export const withdrawReplacement = (
  staff: Staff,
  given: { personId: PersonId; by: PersonId },
  now: Instant,
): Decision => {
  if (!holds(staff, given.by, 'administrator')) return refuse({ kind: 'not-allowed' });
  if (!replacementAskedBy(staff, given.personId, now)) return refuse({ kind: 'replacement-not-requested' });
  return ok([{ type: 'passkey-replacement-withdrawn', at: now, personId: given.personId }]);
};
