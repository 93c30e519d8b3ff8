import * as z from 'zod';

/** What a person may act as. `applicant` is what everyone who signs in is; the others are granted, as events. */
export const Role = z.enum([
  'applicant',
  'administrator',
  'chair',
  'secretary',
  'member',
  'auditor',
  'school',
  'coordinator',
  /** Enters applications for people who have no mailbox. */
  'desk',
  /** Scores some applications of a round for another region's committee, and sees nothing else. */
  'guest',
]);
export type Role = z.infer<typeof Role>;

/** Roles that decide about others sign in with a passkey, a code alone is not enough. */
export const rolesNeedingPasskey: ReadonlySet<Role> = new Set<Role>([
  'administrator',
  'chair',
  'secretary',
  'member',
  'auditor',
  'coordinator',
  'desk',
  'guest',
]);

/** Roles that an administrator gives; a guest is invited by the secretary of a round. */
export const GivenRole = Role.exclude(['applicant', 'guest']);
