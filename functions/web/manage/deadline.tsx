import type { Context } from 'hono';
import { extendDeadline } from '#functions/commands/round-stages.ts';
import type { RoundView } from '#functions/commands/rounds.ts';
import { statusOf } from '#functions/http/problem.ts';
import { detailsOf } from '#functions/http/refusal-text.ts';
import { extendCall } from '#shared/domain/round-call.ts';
import type { Instant } from '#shared/domain/time.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextField, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { localTextOf, readLocalTime } from './local-time.ts';
import { administratorOf, managedRound } from './round-of.ts';
import { differing, shownIn, type Told, ToldFields, ToldPeople, toldIn } from './told.tsx';

export const showDeadline = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { round, file } = found.value;
  const typed = localTextOf(deadlineOf(round), file.timeZone);
  return c.html(<DeadlinePage view={viewOf(c)} managed={found.value} typed={typed} errors={[]} />);
};

/**
 * A later deadline, typed as the round's own clock shows it. It writes to everyone, so the first press shows the old
 * and the new one side by side with the letter and the number of people who get it, and only the second, which names what was shown, moves it.
 */
export const postDeadline = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { round, file } = found.value;
  const posted = await readTyped(c);
  const typed = one(posted, 'closesAt');
  const redraw = (text: string) => (
    <DeadlinePage view={view} managed={found.value} typed={typed} errors={[{ field: 'closesAt', text }]} />
  );

  const closesAt = readLocalTime(typed, file.timeZone);
  if (!closesAt) return c.html(redraw(view.t('manage.extend.notATime')), 422);
  const confirmed = one(posted, 'confirmed') === closesAt;
  const by = administratorOf(c);
  const extended = confirmed
    ? await extendDeadline(deps, { by, roundId: round.id, closesAt, shown: shownIn(posted) })
    : extendCall(round, closesAt, deps.clock.now());
  const confirmPage = async (errors: readonly FieldError[]) => {
    const told = await toldIn(deps, found.value, { template: 'deadline-extended', facts: { closesAt } });
    return <ConfirmPage view={view} managed={found.value} {...{ typed, closesAt, told, errors }} />;
  };
  if (!extended.ok) {
    const { error } = extended;
    if (error.kind === 'recipients-differ') {
      return c.html(await confirmPage(differing(error, view.t)), statusOf(error));
    }
    if (error.kind !== 'deadline-not-later' && error.kind !== 'deadline-too-late') {
      return refusalPage(c, error);
    }
    const text = [view.t(`problems.${error.kind}.title`), ...detailsOf(error, view.t)].join('. ');
    return c.html(redraw(text), statusOf(error));
  }
  if (confirmed)
    return c.redirect(`${paths.managed(view.t.locale, round.id)}?done=manage.done.extended`, 303);
  return c.html(await confirmPage([]));
};

type ConfirmPageProps = {
  view: View;
  managed: RoundView;
  typed: string;
  closesAt: Instant;
  told: Told;
  errors: readonly FieldError[];
};

const ConfirmPage = ({ view, managed, typed, closesAt, told, errors }: ConfirmPageProps) => {
  const { round, file } = managed;
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('manage.extend.confirm')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.extend(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <Facts
        facts={[
          { name: t('manage.extend.present'), value: t.moment(deadlineOf(round), file.timeZone) },
          { name: t('manage.extend.new'), value: t.moment(closesAt, file.timeZone) },
        ]}
      />
      <ToldPeople t={t} told={told} />
      <WarningText t={t}>{t('manage.extend.warning')}</WarningText>
      <form method="post" action={paths.extend(t.locale, round.id)}>
        <Hidden name="closesAt" value={typed} />
        <Hidden name="confirmed" value={closesAt} />
        <ToldFields told={told} />
        <Button>{t('manage.extend.write', { count: told.shown.recipients })}</Button>
      </form>
    </Page>
  );
};

type DeadlinePageProps = {
  view: View;
  managed: RoundView;
  typed: string;
  errors: readonly FieldError[];
};

const DeadlinePage = ({ view, managed, typed, errors }: DeadlinePageProps) => {
  const { t } = view;
  const { round, file } = managed;
  return (
    <Page
      view={view}
      title={t('manage.extend')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.managed(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('manage.extend.text')}</p>
      <Facts facts={[{ name: t('call.closes'), value: t.moment(deadlineOf(round), file.timeZone) }]} />
      <form method="post" action={paths.extend(t.locale, round.id)} novalidate>
        <TextField
          t={t}
          name="closesAt"
          label={t('manage.extend.new')}
          hint={t('manage.extend.hint', { zone: file.timeZone })}
          type="datetime-local"
          value={typed}
          width={20}
          errors={errors}
        />
        <Button>{t('common.continue')}</Button>
      </form>
    </Page>
  );
};
