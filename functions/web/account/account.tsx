import { Button, ErrorSummary, Hidden, Select, TextField } from '#functions/web/fields.tsx';
import type { FieldError } from '#functions/web/form.ts';
import { Page } from '#functions/web/layout.tsx';
import { Facts, Table, Tag } from '#functions/web/parts.tsx';
import { paths } from '#functions/web/paths.ts';
import { ReturnedNotice } from '#functions/web/returned.tsx';
import type { View } from '#functions/web/view.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/person.ts';
import type { Role } from '#shared/domain/role.ts';
import type { StoredSession } from '#shared/domain/sign-in.ts';
import { localeNames, locales, type Translator } from '#shared/i18n/index.ts';
import type { Passkey, Profile } from '#shared/ports/sign-in.ts';
import { deviceName } from './device.ts';
import { LetterLanguageForm } from './letter-language.tsx';
import { Ceremony } from './passkey.tsx';
import { accountPaths } from './paths.ts';

export type AccountProps = {
  view: View;
  profile: Profile;
  current: Sha256;
  sessions: readonly StoredSession[];
  passkeys: readonly Passkey[];
  roles: readonly Role[];
  waiting: readonly Role[];
  /** A name that was typed and is too long to be saved. */
  refusedName: string | undefined;
  /** The last letter that came back from the mailbox. */
  returned: Returned | undefined;
};

/** What a person has here: mailbox, roles, passkeys, sessions. */
export const AccountPage = (props: AccountProps) => {
  const { view, profile, roles, waiting, refusedName } = props;
  const { t } = view;
  const staff = roles.length + waiting.length > 0;
  // A guest was invited by name, and hands nothing over.
  const givenOn = roles.filter((role) => role !== 'guest');
  const errors = refusedName === undefined ? undefined : [{ field: 'name', text: t('account.name.invalid') }];
  return (
    <Page view={view} title={t('account.title')} failed={errors !== undefined} wide>
      <ErrorSummary t={t} errors={errors} />
      <ReturnedNotice t={t} returned={props.returned} />
      <Facts
        facts={[
          {
            name: t('account.mail'),
            value: profile.mail ?? t('common.nothing'),
            action: {
              href: accountPaths.mailbox(t.locale),
              text: t('common.change'),
              about: t('account.mail'),
            },
          },
          ...(staff ? [{ name: t('account.roles'), value: <Roles t={t} {...props} /> }] : []),
        ]}
      />
      {waiting.length > 0 && (
        <p>
          <a href={accountPaths.passkey(t.locale)}>{t('account.showPasskey')}</a>
        </p>
      )}
      <LetterLanguageForm t={t} chosen={profile.locale} />
      {(staff || errors) && <NameForm t={t} name={refusedName ?? profile.name ?? ''} errors={errors} />}
      {staff && <Passkeys {...props} />}
      <Sessions {...props} />
      <h2 class="govuk-heading-m">{t('rights.title')}</h2>
      <p>
        <a href={paths.data(t.locale)}>{t('rights.text')}</a>
      </p>
      {givenOn.length > 0 && <HandOver t={t} roles={givenOn} />}
    </Page>
  );
};

const Roles = ({ t, roles, waiting }: AccountProps & { t: Translator }) => (
  <>
    {roles.map((role) => (
      <>
        <Tag colour="green">{t(`account.role.${role}`)}</Tag>{' '}
      </>
    ))}
    {waiting.map((role) => (
      <>
        <Tag colour="yellow">{t('account.role.waiting', { role: t(`account.role.${role}`) })}</Tag>{' '}
      </>
    ))}
  </>
);

type NameProps = { t: Translator; name: string; errors: readonly FieldError[] | undefined };

const NameForm = ({ t, name, errors }: NameProps) => (
  <form method="post" action={accountPaths.name(t.locale)} novalidate>
    <TextField
      t={t}
      name="name"
      label={t('account.name')}
      hint={t('account.name.hint')}
      autoComplete="name"
      value={name}
      errors={errors}
    />
    <Button kind="secondary">{t('common.save')}</Button>
  </form>
);

const Passkeys = ({ view, passkeys, waiting }: AccountProps) => {
  const { t } = view;
  return (
    <>
      <h2 class="govuk-heading-m">{t('account.passkeys')}</h2>
      {passkeys.length === 0 ? (
        <p>{t('account.passkeys.none')}</p>
      ) : (
        <Table
          caption={t('account.passkeys')}
          hideCaption
          head={[t('account.passkeys.since'), t('account.action')]}
          rows={passkeys.map(({ credential, createdAt }) => [
            t.moment(createdAt),
            <form method="post" action={accountPaths.removePasskey(t.locale)}>
              <Hidden name="credential" value={credential} />
              <button type="submit" class="link-button">
                {t('common.remove')} <span class="govuk-visually-hidden">{t.moment(createdAt)}</span>
              </button>
            </form>,
          ])}
        />
      )}
      {waiting.length === 0 && passkeys.length > 0 && (
        <>
          <p>{t('account.passkeys.second')}</p>
          <Ceremony view={view} kind="register" next={`${accountHere(t)}?done=account.done.passkey`} />
        </>
      )}
    </>
  );
};

const accountHere = (t: Translator): string => `/${t.locale}/account`;

const Sessions = ({ view, sessions, current }: AccountProps) => {
  const { t } = view;
  return (
    <>
      <h2 class="govuk-heading-m">{t('account.sessions')}</h2>
      <Table
        caption={t('account.sessions')}
        hideCaption
        head={[
          t('account.sessions.device'),
          t('account.sessions.since'),
          t('account.sessions.seen'),
          t('account.action'),
        ]}
        rows={sessions.map((session) => [
          deviceName(session.device) || t('account.sessions.unknown'),
          t.moment(session.createdAt),
          t.moment(session.lastSeenAt),
          session.id === current ? (
            t('account.sessions.this')
          ) : (
            <form method="post" action={accountPaths.endSession(t.locale)}>
              <Hidden name="session" value={session.id} />
              <button type="submit" class="link-button">
                {t('account.sessions.end')}{' '}
                <span class="govuk-visually-hidden">{t.moment(session.createdAt)}</span>
              </button>
            </form>
          ),
        ])}
      />
      <form method="post" action={accountPaths.endAllSessions(t.locale)}>
        <Button kind="secondary">{t('account.sessions.endAll')}</Button>
      </form>
    </>
  );
};

const HandOver = ({ t, roles }: { t: Translator; roles: readonly Role[] }) => (
  <>
    <h2 class="govuk-heading-m">{t('account.handOver')}</h2>
    <p>{t('account.handOver.how')}</p>
    <form method="post" action={accountHere(t)}>
      <Select
        t={t}
        name="role"
        label={t('account.invite.role')}
        options={roles.map((role) => ({ value: role, text: t(`account.role.${role}`) }))}
      />
      <LanguageField t={t} />
      <Button kind="warning">{t('account.handOver.submit')}</Button>
    </form>
  </>
);

/** In which language somebody is invited. */
export const LanguageField = ({ t, name = 'locale' }: { t: Translator; name?: string }) => (
  <Select
    t={t}
    name={name}
    label={t('account.invite.locale')}
    value={t.locale}
    options={locales.map((locale) => ({ value: locale, text: localeNames[locale] }))}
  />
);
