import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { currentStaff } from '#functions/commands/staff.ts';
import { type CommitteeCommand, permittedRound } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** Somebody who may confirm for a school, by name or mailbox. */
export type SchoolContact = { personId: PersonId; name: string };

/** Whoever holds the role of a school, for who may name one of them on a placement of the round. */
export const schoolContacts = async (
  deps: Pick<SignInDeps, 'records' | 'people'>,
  { by, roundId }: CommitteeCommand,
): Promise<Result<SchoolContact[], Refusal>> => {
  const round = await permittedRound(deps, { role: by.role, roundId }, 'placement.assign');
  if (!round.ok) return round;
  const { members } = await currentStaff(deps);
  const ids = Object.entries(members).flatMap(([id, roles]) =>
    roles.includes('school') ? [PersonId.parse(id)] : [],
  );
  const contacts = ids.map(async (personId) => {
    const profile = await deps.people.profiles.find(personId);
    return { personId, name: profile?.name?.trim() || profile?.mail || personId };
  });
  return ok(await Promise.all(contacts));
};
