import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { currentStaff } from '#functions/commands/staff.ts';
import { nameIn, profilesOf } from '#functions/commands/staff-names.ts';
import type { Actor } from '#shared/domain/event.ts';
import { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { type Invitation, type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { openInvitation } from '#shared/domain/staff-changes.ts';
import { replacementAskedBy } from '#shared/domain/staff-replacement.ts';
import type { Instant } from '#shared/domain/time.ts';

/** A member of staff as colleagues see them. */
export type Colleague = {
  personId: PersonId;
  /** Name, or the mailbox of somebody who gave none; the id alone once the profile is erased. */
  name: string;
  mail: string | undefined;
  roles: readonly Role[];
  /** Asked for by another administrator and waiting for a second one. */
  replacementAskedBy: PersonId | undefined;
};

export type StaffOverview = {
  colleagues: Colleague[];
  /** Those that still work, by the digest of their token. */
  invitations: { digest: Sha256; invitation: Invitation }[];
  history: { by: Actor; byName: string; event: StaffEvent; at: Instant; about: string | undefined }[];
};

type OverviewDeps = Pick<SignInDeps, 'records' | 'people' | 'clock'>;

/** Staff, open invitations, and what was done, newest first. */
export const staffOverview = async (deps: OverviewDeps): Promise<StaffOverview> => {
  const now = deps.clock.now();
  const [staff, stored] = await Promise.all([currentStaff(deps), deps.records.history('staff', staffId)]);
  const events = stored.map(({ by, fact }) => ({ by, event: staffAggregate.event.parse(fact) })).toReversed();
  const ids = new Set(Object.keys(staff.members).map((id) => PersonId.parse(id)));
  for (const { by, event } of events) for (const id of peopleIn(by, event)) ids.add(id);
  const profiles = new Map((await profilesOf(deps, [...ids])).map((profile) => [profile.personId, profile]));
  const name = (id: PersonId): string => {
    const profile = profiles.get(id);
    return profile ? nameIn(profile) : id;
  };
  return {
    colleagues: Object.entries(staff.members).map(([key, roles]) => {
      const id = PersonId.parse(key);
      const asked = replacementAskedBy(staff, id, now);
      return { personId: id, name: name(id), mail: profiles.get(id)?.mail, roles, replacementAskedBy: asked };
    }),
    invitations: Object.entries(staff.invitations)
      .map(([digest, invitation]) => ({ digest: Sha256.parse(digest), invitation }))
      .filter(({ digest }) => openInvitation(staff, digest, now).ok),
    history: events.map(({ by, event }) => {
      const about = 'personId' in event ? name(event.personId) : undefined;
      return { by, byName: by.kind === 'person' ? name(by.id) : '', event, at: event.at, about };
    }),
  };
};

const peopleIn = (by: Actor, event: StaffEvent): PersonId[] => [
  ...(by.kind === 'person' ? [by.id] : []),
  ...('personId' in event ? [event.personId] : []),
];
