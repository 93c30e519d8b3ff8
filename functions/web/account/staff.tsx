import type { Colleague, StaffOverview } from '#functions/commands/staff-overview.ts';
import { Button, Hidden, Select } from '#functions/web/fields.tsx';
import { Page } from '#functions/web/layout.tsx';
import { Table } from '#functions/web/parts.tsx';
import { paths } from '#functions/web/paths.ts';
import type { View } from '#functions/web/view.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { GivenRole } from '#shared/domain/role.ts';
import type { StaffEvent } from '#shared/domain/staff.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { LanguageField } from './account.tsx';
import { accountPaths } from './paths.ts';

type StaffProps = { view: View; staff: StaffOverview; me: PersonId };

/** Who may do what in this region, and everything that was ever done about it. */
export const StaffPage = ({ view, staff, me }: StaffProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('account.staff.title')} wide>
      <Table
        caption={t('account.staff.people')}
        head={[t('account.staff.person'), t('account.roles'), t('account.staff.passkey')]}
        rows={staff.colleagues.map((colleague) => [
          <Person colleague={colleague} />,
          <RolesOf t={t} colleague={colleague} />,
          <Replacement t={t} colleague={colleague} me={me} />,
        ])}
      />
      <InviteForm t={t} />
      {staff.invitations.length > 0 && <Open t={t} staff={staff} />}
      <Table
        caption={t('account.staff.history')}
        head={[t('account.staff.when'), t('account.staff.what'), t('account.staff.who')]}
        rows={staff.history.map(({ at, event, about, by, byName }) => [
          t.moment(at),
          sentenceOf(t, event, about ?? ''),
          by.kind === 'person' ? byName : t('account.staff.operator'),
        ])}
      />
    </Page>
  );
};

const Person = ({ colleague }: { colleague: Colleague }) => (
  <>
    {colleague.name}
    {colleague.mail !== undefined && colleague.mail !== colleague.name && (
      <>
        <br />
        {colleague.mail}
      </>
    )}
  </>
);

const RolesOf = ({ t, colleague }: { t: Translator; colleague: Colleague }) => (
  <>
    {colleague.roles.map((role) => (
      <form method="post" action={accountPaths.revoke(t.locale)}>
        <Hidden name="personId" value={colleague.personId} />
        <Hidden name="role" value={role} />
        {t(`account.role.${role}`)}{' '}
        <button type="submit" class="link-button">
          {t('account.staff.revoke')}{' '}
          <span class="govuk-visually-hidden">
            {t(`account.role.${role}`)}, {colleague.name}
          </span>
        </button>
      </form>
    ))}
  </>
);

/** One administrator asks, another agrees, nobody does either for themselves; any of them may stop it. */
const Replacement = ({ t, colleague, me }: { t: Translator; colleague: Colleague; me: PersonId }) => {
  const asked = colleague.replacementAskedBy;
  const mine = colleague.personId === me;
  if (asked === undefined) return mine ? <></> : <LostForm t={t} colleague={colleague} />;
  return (
    <>
      {mine && <p>{t('account.staff.lost.asked')}</p>}
      {asked === me && <p>{t('account.staff.lost.waits')}</p>}
      {!mine && asked !== me && <LostForm t={t} colleague={colleague} />}
      <form method="post" action={accountPaths.withdrawReplacement(t.locale)}>
        <Hidden name="personId" value={colleague.personId} />
        <button type="submit" class="link-button">
          {t('account.staff.lost.withdraw')} <span class="govuk-visually-hidden">{colleague.name}</span>
        </button>
      </form>
    </>
  );
};

/** Asks for a replacement, or agrees to the one that was asked for. */
const LostForm = ({ t, colleague }: { t: Translator; colleague: Colleague }) => {
  const asked = colleague.replacementAskedBy;
  return (
    <form
      method="post"
      action={
        asked === undefined ? accountPaths.askReplacement(t.locale) : accountPaths.agreeReplacement(t.locale)
      }
    >
      <Hidden name="personId" value={colleague.personId} />
      {asked !== undefined && <LanguageField t={t} name={`locale-${colleague.personId}`} />}
      <button type="submit" class="link-button">
        {t(asked === undefined ? 'account.staff.lost.ask' : 'account.staff.lost.agree')}{' '}
        <span class="govuk-visually-hidden">{colleague.name}</span>
      </button>
    </form>
  );
};

/** Everyone who signs in is an applicant; all other roles are given. */
const givenRoles = GivenRole.options;

const InviteForm = ({ t }: { t: Translator }) => (
  <>
    <h2 class="govuk-heading-m">{t('account.invite.title')}</h2>
    <form method="post" action={paths.staff(t.locale)}>
      <Select
        t={t}
        name="role"
        label={t('account.invite.role')}
        options={givenRoles.map((role) => ({ value: role, text: t(`account.role.${role}`) }))}
      />
      <LanguageField t={t} />
      <Button>{t('account.invite.submit')}</Button>
    </form>
  </>
);

const Open = ({ t, staff }: { t: Translator; staff: StaffOverview }) => (
  <Table
    caption={t('account.staff.invitations')}
    head={[t('account.staff.what'), t('account.staff.until'), t('account.action')]}
    rows={staff.invitations.map(({ digest, invitation }) => [
      invitation.grant.kind === 'role'
        ? t(`account.role.${invitation.grant.role}`)
        : t('account.staff.newPasskey'),
      t.moment(invitation.expiresAt),
      <form method="post" action={accountPaths.voidLink(t.locale)}>
        <Hidden name="invitation" value={digest} />
        <button type="submit" class="link-button">
          {t('account.staff.void')}{' '}
          <span class="govuk-visually-hidden">{t.moment(invitation.expiresAt)}</span>
        </button>
      </form>,
    ])}
  />
);

/** An event as a sentence; ids of links stay in the audit. */
const sentenceOf = (t: Translator, event: StaffEvent, person: string): string => {
  switch (event.type) {
    case 'invitation-issued':
      return event.grant.kind === 'role'
        ? t('account.history.invitation-issued', { role: t(`account.role.${event.grant.role}`) })
        : t('account.history.passkey-link-issued');
    case 'invitation-expired':
    case 'invitation-voided':
      return t(`account.history.${event.type}`);
    case 'role-granted':
    case 'role-revoked':
    case 'role-handed-over':
      return t(`account.history.${event.type}`, { person, role: t(`account.role.${event.role}`) });
    default:
      return t(`account.history.${event.type}`, { person });
  }
};
