import { Button, ErrorSummary, TextField } from '#functions/web/fields.tsx';
import { Page } from '#functions/web/layout.tsx';
import { paths } from '#functions/web/paths.ts';
import type { View } from '#functions/web/view.ts';
import type { Invitation } from '#shared/domain/staff.ts';
import type { Refusal } from '#shared/errors.ts';
import { Ceremony } from './passkey.tsx';
import { accountPaths } from './paths.ts';

/** What the link leads to. The token is behind the # and is put into the field by script, or pasted by hand. */
export const EnrolPage = ({ view, refusal }: { view: View; refusal?: Refusal }) => {
  const { t } = view;
  const errors = refusal && [
    {
      field: 'invitation',
      text: `${t(`problems.${refusal.kind}.title`)}. ${t(`problems.${refusal.kind}.help`)}`,
    },
  ];
  return (
    <Page view={view} title={t('account.enrol.title')} failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t('account.enrol.how')}</p>
      <form method="post" action={accountPaths.enrol(t.locale)} data-from-fragment="invitation">
        <TextField
          t={t}
          name="invitation"
          label={t('account.enrol.token')}
          hint={t('account.enrol.token.hint')}
          spellCheck={false}
          autoComplete="off"
          errors={errors}
        />
        <Button>{t('common.continue')}</Button>
      </form>
      {view.passkeyScript !== undefined && <script src={view.passkeyScript} type="module"></script>}
    </Page>
  );
};

export type EnrolmentWay = 'register' | 'authenticate' | 'either' | 'accept';

type WayProps = { view: View; invitation: Invitation; way: EnrolmentWay };

/** The last step: the role is taken with the passkey, in one commit. */
export const EnrolPasskeyPage = ({ view, invitation: { grant }, way }: WayProps) => {
  const { t } = view;
  const done = `${paths.account(t.locale)}?done=account.done.enrolled`;
  return (
    <Page view={view} title={t('account.enrol.passkey.title')}>
      <p class="lead">
        {grant.kind === 'role'
          ? t('account.enrol.role', { role: t(`account.role.${grant.role}`) })
          : t('account.enrol.replacement')}
      </p>
      {(way === 'authenticate' || way === 'either') && (
        <>
          <p>{t('account.enrol.showFirst')}</p>
          <Ceremony view={view} kind="authenticate" next={accountPaths.enrolPasskey(t.locale)} />
        </>
      )}
      {(way === 'register' || way === 'either') && (
        <>
          <p>{t(way === 'either' ? 'account.enrol.orReplace' : 'account.passkey.what')}</p>
          <Ceremony view={view} kind="enrol" next={done} />
        </>
      )}
      {way === 'accept' && (
        <form method="post" action={accountPaths.accept(t.locale)}>
          <Button>{t('account.enrol.accept')}</Button>
        </form>
      )}
    </Page>
  );
};
