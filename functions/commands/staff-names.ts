import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Profile } from '#shared/ports/sign-in.ts';

type Deps = Pick<SignInDeps, 'people'>;

/** The name that somebody gave, or the mailbox. */
export const nameIn = ({ name, mail, personId }: Profile): string =>
  name?.trim() ? name : (mail ?? personId);

/** Names of members of staff, who are known by them; the mailbox where somebody gave none. For pages of colleagues only. */
export const namesOf = async (deps: Deps, ids: readonly PersonId[]): Promise<Map<PersonId, string>> => {
  const found = await profilesOf(deps, ids);
  return new Map(found.map((profile) => [profile.personId, nameIn(profile)]));
};

/** The names that members of staff gave; nothing of those who gave none. */
export const givenNamesOf = async (deps: Deps, ids: readonly PersonId[]): Promise<Map<PersonId, string>> => {
  const found = await profilesOf(deps, ids);
  return new Map(
    found.flatMap(({ personId, name }) => {
      const given = name?.trim();
      return given ? [[personId, given] as const] : [];
    }),
  );
};

/** Profiles of members of staff, each once; nothing of who has none yet. */
export const profilesOf = async ({ people }: Deps, ids: readonly PersonId[]): Promise<Profile[]> => {
  const found = await Promise.all([...new Set(ids)].map((id) => people.profiles.find(id)));
  return found.filter((profile) => profile !== undefined);
};
