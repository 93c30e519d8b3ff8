import type { Context } from 'hono';
import { type ApplicationView, withdrawApplication } from '#functions/commands/applications.ts';
import { WithdrawalReason } from '#shared/domain/application.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf } from './application.ts';

export const showWithdraw = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  if (found.value.application.stage === 'withdrawn') {
    return c.redirect(paths.application(view.t.locale, found.value.application.id), 303);
  }
  return c.html(<WithdrawPage view={view} application={found.value} errors={[]} />);
};

export const postWithdraw = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const reason = WithdrawalReason.safeParse(one(await readTyped(c), 'reason'));
  if (!reason.success) {
    const errors = [{ field: 'reason', text: view.t('apply.withdraw.reasonNeeded') }];
    return c.html(<WithdrawPage view={view} application={found.value} errors={errors} />, 422);
  }
  const withdrawn = await withdrawApplication(deps, { ...found.value.asked, reasonCode: reason.data });
  if (!withdrawn.ok) return refusalPage(c, withdrawn.error);
  const address = paths.application(view.t.locale, found.value.application.id);
  return c.redirect(`${address}?done=apply.done.withdrawn`, 303);
};

type WithdrawPageProps = { view: View; application: ApplicationView; errors: readonly FieldError[] };

const WithdrawPage = ({ view, application, errors }: WithdrawPageProps) => {
  const { t } = view;
  const { id } = application.application;
  return (
    <Page
      view={view}
      title={t('apply.withdraw.title')}
      caption={textIn(t, application.file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <WarningText t={t}>{t('apply.withdraw.warning')}</WarningText>
      <form method="post" action={paths.withdraw(t.locale, id)}>
        <Radios
          t={t}
          name="reason"
          label={t('apply.withdraw.reason')}
          errors={errors}
          options={WithdrawalReason.options.map((value) => ({
            value,
            text: t(`apply.withdraw.reason.${value}`),
          }))}
        />
        <Button kind="warning">{t('apply.withdraw')}</Button>
      </form>
    </Page>
  );
};
