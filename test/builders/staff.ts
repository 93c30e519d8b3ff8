import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { type Grant, noStaff, type Staff, type StaffEvent, staffAggregate } from '#shared/domain/staff.ts';
import { acceptInvitation, issueInvitation } from '#shared/domain/staff-changes.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

export const now = Instant.parse('2022-08-01T04:00:00.000Z');
const person = (digit: number): PersonId => PersonId.parse(String(digit).repeat(20));
export const [aigul, bolat, dana] = [person(1), person(2), person(3)];
export const link = (name: string) => sha256Of(name);

export const after = (staff: Staff, decision: Result<StaffEvent[], Refusal>): Staff => {
  if (!decision.ok) throw new Error(decision.error.kind);
  return evolveAll(staffAggregate, staff, decision.value) ?? noStaff;
};

export const grant = { kind: 'role', role: 'administrator' } as const satisfies Grant;
export const invited = (
  staff: Staff,
  name: string,
  over: Partial<Parameters<typeof issueInvitation>[1]> = {},
): Staff =>
  after(
    staff,
    issueInvitation(staff, { invitation: link(name), grant, locale: 'kk', issuer: 'operator', ...over }, now),
  );
export const enrolled = (staff: Staff, personId: PersonId): Staff => {
  const open = invited(staff, personId);
  return after(open, acceptInvitation(open, { invitation: link(personId), personId }, now));
};

export const one = enrolled(noStaff, aigul);
export const two = enrolled(one, bolat);
