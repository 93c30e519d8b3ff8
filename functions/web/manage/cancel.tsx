import type { Context } from 'hono';
import { cancelRound } from '#functions/commands/round-stages.ts';
import type { RoundView } from '#functions/commands/rounds.ts';
import { statusOf } from '#functions/http/problem.ts';
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
import { differing, shownIn, type Told, ToldFields, ToldPeople, toldIn } from './told.tsx';

export const showCancel = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const permitted = permit('round.cancel', 'administrator', found.value.round.stage);
  if (!permitted.ok) return refusalPage(c, permitted.error);
  const told = await toldIn(deps, found.value, letter);
  return c.html(<CancelPage view={viewOf(c)} managed={found.value} told={told} typed="" errors={[]} />);
};

const letter = { template: 'round-cancelled' } as const;

/** Cancels with a reason, which anyone can read, and writes to as many as the page said. */
export const postCancel = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { id } = found.value.round;
  const posted = await readTyped(c);
  const reason = one(posted, 'reason');
  const command = { by: administratorOf(c), roundId: id, reason, shown: shownIn(posted) };
  const cancelled = await cancelRound(deps, command);
  if (cancelled.ok) return c.redirect(`${paths.managed(view.t.locale, id)}?done=manage.done.cancelled`, 303);
  const error = reasonError(cancelled.error, view.t) ?? differing(cancelled.error, view.t)[0];
  if (!error) return refusalPage(c, cancelled.error);
  const told = await toldIn(deps, found.value, letter);
  const again = <CancelPage view={view} managed={found.value} told={told} typed={reason} errors={[error]} />;
  return c.html(again, statusOf(cancelled.error));
};

type CancelPageProps = {
  view: View;
  managed: RoundView;
  told: Told;
  typed: string;
  errors: readonly FieldError[];
};

const CancelPage = ({ view, managed, told, typed, errors }: CancelPageProps) => {
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
      <ToldPeople t={t} told={told} />
      <form method="post" action={paths.cancel(t.locale, round.id)} novalidate>
        <ToldFields told={told} />
        <TextArea
          t={t}
          name="reason"
          label={t('manage.cancel.reason')}
          hint={t('manage.cancel.hint')}
          value={typed}
          errors={errors}
        />
        <Button kind="warning">{t('manage.cancel.write', { count: told.shown.recipients })}</Button>
      </form>
    </Page>
  );
};
