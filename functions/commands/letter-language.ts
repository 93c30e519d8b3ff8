import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/locale.ts';

/** From now on letters come in this language, whichever the pages are in when somebody signs in. */
export const chooseLetterLanguage = async (
  { people }: Pick<SignInDeps, 'people'>,
  { personId, locale }: { personId: PersonId; locale: Locale },
): Promise<void> => people.profiles.change(personId, { locale, localeChosen: true });
