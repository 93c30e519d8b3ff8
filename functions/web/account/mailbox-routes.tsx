import type { Context } from 'hono';
import { endAllSessions } from '#functions/commands/sign-in.ts';
import { passkeysOf } from '#functions/commands/sign-in-passkeys.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { sessionOf } from '#functions/http/session.ts';
import { Button, ErrorSummary, TextField } from '#functions/web/fields.tsx';
import type { FieldError } from '#functions/web/form.ts';
import { Page } from '#functions/web/layout.tsx';
import { paths } from '#functions/web/paths.ts';
import { refusalPage } from '#functions/web/problem.tsx';
import { type View, viewOf } from '#functions/web/view.ts';
import type { Refusal } from '#shared/errors.ts';
import type { WebDeps } from '../deps.ts';
import { mailboxAttempt, mailIn, sendMailboxCode, tryMailboxCode } from './mailbox.ts';
import { accountPaths } from './paths.ts';
import { CodePage, mailErrors } from './sign-in.tsx';

const mailbox = '/:locale{kk|ru|en}/account/mailbox';

/** Another mailbox instead of the own one, proved by a code that goes to the new one. */
export const mailboxRoutes = (deps: WebDeps): readonly Route[] => [
  {
    method: 'GET',
    path: mailbox,
    who: 'signed-in',
    handle: (c) => withPasskey(c, deps, () => showMailbox(c)),
  },
  {
    method: 'POST',
    path: mailbox,
    who: 'signed-in',
    handle: (c) => withPasskey(c, deps, () => send(c, deps)),
  },
  { method: 'GET', path: `${mailbox}/code`, who: 'signed-in', handle: (c) => showCode(c, deps) },
  {
    method: 'POST',
    path: `${mailbox}/code`,
    who: 'signed-in',
    audit: 'mailbox-proved',
    handle: (c) => withPasskey(c, deps, () => prove(c, deps)),
  },
];

/** Whoever reads somebody's letters must not be able to move the account of somebody who has a passkey. */
const withPasskey = async (
  c: Context,
  deps: WebDeps,
  go: () => Response | Promise<Response>,
): Promise<Response> => {
  const passkeys = await passkeysOf(deps, requireActor(c).id);
  const shown = sessionOf(c)?.strength === 'passkey';
  return passkeys.length > 0 && !shown ? await refusalPage(c, { kind: 'passkey-needed' }) : await go();
};

const showMailbox = (c: Context): Response | Promise<Response> => c.html(<MailboxPage view={viewOf(c)} />);

const send = async (c: Context, deps: WebDeps): Promise<Response> => {
  const view = viewOf(c);
  const { t } = view;
  const { typed, mail } = await mailIn(c);
  if (!mail) {
    const errors = [{ field: 'mail', text: t('account.signIn.mail.invalid') }];
    return c.html(<MailboxPage view={view} mail={typed} errors={errors} />, 422);
  }
  const sent = await sendMailboxCode(c, deps, { joins: requireActor(c).id, mail, locale: t.locale });
  if (sent.ok) return c.redirect(accountPaths.mailboxCode(t.locale), 303);
  const page = <MailboxPage view={view} mail={typed} errors={mailErrors(t, sent.error)} />;
  return c.html(page, statusOf(sent.error));
};

const showCode = async (c: Context, deps: WebDeps, refusal?: Refusal): Promise<Response> => {
  const view = viewOf(c);
  const { t } = view;
  const attempt = await mailboxAttempt(c, deps, requireActor(c).id);
  if (!attempt) return c.redirect(accountPaths.mailbox(t.locale), 303);
  const to = {
    code: accountPaths.mailboxCode(t.locale),
    again: accountPaths.mailbox(t.locale),
    back: accountPaths.mailbox(t.locale),
  };
  const code = { to, refusal, mail: attempt.mail, submit: t('account.mailbox.confirm') };
  const page = <CodePage view={view} {...code} />;
  return c.html(page, refusal ? statusOf(refusal) : 200);
};

const prove = async (c: Context, deps: WebDeps): Promise<Response> => {
  const by = requireActor(c);
  const proved = await tryMailboxCode(c, deps, { by, personId: by.id });
  if (!proved.ok) return await showCode(c, deps, proved.error);
  // Whoever came in by the old mailbox is out.
  const session = sessionOf(c);
  await endAllSessions(deps, { personId: by.id, ...(session && { keep: session.id }) });
  return c.redirect(`${paths.account(viewOf(c).t.locale)}?done=account.done.mailbox`, 303);
};

type MailboxProps = { view: View; mail?: string; errors?: readonly FieldError[] };

const MailboxPage = ({ view, mail, errors }: MailboxProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('account.mailbox.title')}
      failed={errors !== undefined}
      back={{ href: paths.account(t.locale) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('account.mailbox.how')}</p>
      <form method="post" action={accountPaths.mailbox(t.locale)} novalidate>
        <MailField t={t} label={t('account.mailbox.new')} mail={mail} errors={errors} />
        <Button>{t('account.signIn.send')}</Button>
      </form>
    </Page>
  );
};

type MailFieldProps = {
  t: View['t'];
  label: string;
  mail?: string | undefined;
  errors?: readonly FieldError[] | undefined;
};

export const MailField = ({ t, label, mail = '', errors }: MailFieldProps) => (
  <TextField
    t={t}
    name="mail"
    label={label}
    type="email"
    autoComplete="email"
    spellCheck={false}
    value={mail}
    errors={errors}
  />
);
