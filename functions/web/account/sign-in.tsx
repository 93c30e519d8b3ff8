import { detailsOf } from '#functions/http/refusal-text.ts';
import { Button, ErrorSummary, Hidden, TextField } from '#functions/web/fields.tsx';
import { type FieldError, fieldErrors } from '#functions/web/form.ts';
import { Page } from '#functions/web/layout.tsx';
import { paths } from '#functions/web/paths.ts';
import type { View } from '#functions/web/view.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { accountPaths } from './paths.ts';

type SignInProps = { view: View; next: string; mail?: string; errors?: readonly FieldError[] };

/** The first page of signing in: a mailbox, and nothing else. */
export const SignInPage = ({ view, next, mail, errors }: SignInProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('account.signIn.title')} failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t('account.signIn.how')}</p>
      <form method="post" action={paths.signIn(t.locale)} novalidate>
        <Hidden name="next" value={next} />
        <TextField
          t={t}
          name="mail"
          label={t('account.signIn.mail')}
          hint={t('account.signIn.mail.hint')}
          type="email"
          autoComplete="email"
          spellCheck={false}
          value={mail ?? ''}
          errors={errors}
        />
        <Button>{t('account.signIn.send')}</Button>
      </form>
    </Page>
  );
};

type CodeProps = {
  view: View;
  mail: string;
  refusal?: Refusal | undefined;
  /** Where the code and the wish for another one go, and where the mailbox is typed. */
  to: { code: string; again: string; back: string };
  /** The page after signing in. */
  next?: string;
  /** What the code is for, where it does not sign in. */
  submit?: string;
};

/** Where signing in has its steps. */
export const signInSteps = (t: Translator): CodeProps['to'] => ({
  code: accountPaths.code(t.locale),
  again: paths.signIn(t.locale),
  back: paths.signIn(t.locale),
});

/** The second page: the code, and a way to a new one. */
export const CodePage = ({ view, mail, refusal, to, next, submit }: CodeProps) => {
  const { t } = view;
  const errors = refusal && codeErrors(t, refusal);
  return (
    <Page view={view} title={t('account.code.title')} failed={errors !== undefined} back={{ href: to.back }}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t('account.code.sent', { mail })}</p>
      <form method="post" action={to.code} novalidate>
        {next !== undefined && <Hidden name="next" value={next} />}
        <TextField
          t={t}
          name="code"
          label={t('account.code.label')}
          hint={t('account.code.hint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          width={10}
          errors={errors}
        />
        <Button>{submit ?? t('account.code.submit')}</Button>
      </form>
      <form method="post" action={to.again}>
        {next !== undefined && <Hidden name="next" value={next} />}
        <Hidden name="mail" value={mail} />
        <Button kind="secondary">{t('account.code.again')}</Button>
      </form>
    </Page>
  );
};

/** What is wrong and what to do, at the field where it was typed. */
const codeErrors = (t: Translator, refusal: Refusal): FieldError[] => {
  if (refusal.kind === 'invalid') return fieldErrors(refusal.faults, t);
  const sentences = [
    t(`problems.${refusal.kind}.title`),
    ...detailsOf(refusal, t),
    t(`problems.${refusal.kind}.help`),
  ];
  const text = sentences.map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ');
  return [{ field: 'code', text }];
};

/** The same for the first page, where only the mailbox can be waited for. */
export const mailErrors = (t: Translator, refusal: Refusal): FieldError[] =>
  codeErrors(t, refusal).map(({ text }) => ({ field: 'mail', text }));
