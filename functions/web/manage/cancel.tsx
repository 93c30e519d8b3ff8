import type { Context } from 'hono';
import { cancelRound } from '#functions/commands/round-stages.ts';
import type { RoundView } from '#functions/commands/rounds.ts';
import { permit } from '#shared/domain/permission.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { administratorOf, managedRound } from './round-of.ts';

export const showCancel = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const permitted = permit('round.cancel', 'administrator', found.value.round.stage);
  if (!permitted.ok) return refusalPage(c, permitted.error);
  return c.html(<CancelPage view={viewOf(c)} managed={found.value} typed="" errors={[]} />);
};

/** Cancels with a reason, which everyone who has applied is told. */
export const postCancel = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { id } = found.value.round;
  const reason = one(await readTyped(c), 'reason');
  const redraw = (errors: readonly FieldError[]) => (
    <CancelPage view={view} managed={found.value} typed={reason} errors={errors} />
  );
  const cancelled = await cancelRound(deps, { by: administratorOf(c), roundId: id, reason });
  if (cancelled.ok) return c.redirect(`${paths.managed(view.t.locale, id)}?done=manage.done.cancelled`, 303);
  const error = reasonError(cancelled.error, view.t);
  return error ? c.html(redraw([error]), 422) : refusalPage(c, cancelled.error);
};

type CancelPageProps = { view: View; managed: RoundView; typed: string; errors: readonly FieldError[] };

const CancelPage = ({ view, managed, typed, errors }: CancelPageProps) => {
  const { t } = view;
  const { round, file } = managed;
  return (
    <Page
      view={view}
      title={t('manage.cancel.title')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.managed(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <WarningText t={t}>{t('manage.cancel.warning')}</WarningText>
      <form method="post" action={paths.cancel(t.locale, round.id)} novalidate>
        <TextArea
          t={t}
          name="reason"
          label={t('manage.cancel.reason')}
          hint={t('manage.cancel.hint')}
          value={typed}
          errors={errors}
        />
        <Button kind="warning">{t('manage.cancel')}</Button>
      </form>
    </Page>
  );
};
