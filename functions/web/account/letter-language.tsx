import type { Context } from 'hono';
import { chooseLetterLanguage } from '#functions/commands/letter-language.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { Button, Select } from '#functions/web/fields.tsx';
import { one, readTyped } from '#functions/web/form.ts';
import { paths } from '#functions/web/paths.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { viewOf } from '#functions/web/view.ts';
import { Locale, localeNames, locales, type Translator } from '#shared/i18n/index.ts';
import { accountPaths } from './paths.ts';

type FieldProps = { t: Translator; chosen: Locale };

/** In which language letters come, whichever the pages are in. */
export const LetterLanguageField = ({ t, chosen }: FieldProps) => (
  <Select
    t={t}
    name="locale"
    label={t('rights.language')}
    hint={t('account.language.hint')}
    value={chosen}
    options={locales.map((locale) => ({ value: locale, text: localeNames[locale] }))}
  />
);

export const LetterLanguageForm = ({ t, chosen }: FieldProps) => (
  <form method="post" action={accountPaths.language(t.locale)}>
    <LetterLanguageField t={t} chosen={chosen} />
    <Button kind="secondary">{t('common.save')}</Button>
  </form>
);

export const postLetterLanguage = (deps: SignInDeps) => async (c: Context) => {
  const locale = Locale.safeParse(one(await readTyped(c), 'locale'));
  if (!locale.success) return await refusalPage(c, { kind: 'invalid', faults: [] });
  await chooseLetterLanguage(deps, { personId: requireActor(c).id, locale: locale.data });
  return c.redirect(`${paths.account(viewOf(c).t.locale)}?done=account.done.language`, 303);
};
