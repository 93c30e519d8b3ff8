import type { Context } from 'hono';
import { type ApplicationView, rankVacancies } from '#functions/commands/applications.ts';
import { publicCall } from '#functions/commands/rounds.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Filter, readFilter, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Refusal } from '#shared/errors.ts';
import type { WebDeps } from '../deps.ts';
import { LinkButton } from '../fields.tsx';
import { readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, shownOf } from './application.ts';
import { isLeftBehind, LeftBehind } from './left-behind.tsx';
import { MoreChoices, pressedIn, RankedChoices, RefusedOrder } from './rank-parts.tsx';
import { nextAfter } from './tasks.ts';

/** The chosen vacancies in their order, and below them those that can still be chosen. */
export const showChoices = (deps: WebDeps) => async (c: Context) => {
  const found = await withVacancies(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<ChoicesPage view={viewOf(c)} {...found.value} filter={readFilter(c.req.query())} />);
};

/**
 * One button was pressed: add, remove, up or down. The order that the page showed comes with it, so that a change
 * in another tab is noticed instead of being undone.
 */
export const postChoices = (deps: WebDeps) => async (c: Context) => {
  const found = await withVacancies(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application } = found.value;
  const view = viewOf(c);
  const pressed = pressedIn(await readTyped(c));
  if (!pressed) return refusalPage(c, { kind: 'not-found', what: 'vacancy' });
  const { filter, basedOn, codes } = pressed;
  const ranked = await rankVacancies(deps, { ...application.asked, basedOn, codes });
  if (!ranked.ok) return redrawn(deps, c, filter, ranked.error);
  const back = paths.choices(view.t.locale, application.application.id);
  return c.redirect(`${back}${writeFilter(filter)}#chosen`, 303);
};

/** The page as it stands now, which may be another than the one that the button was pressed on. */
const redrawn = async (deps: WebDeps, c: Context, filter: Filter, refusal: Refusal) => {
  const found = await withVacancies(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const page = <ChoicesPage view={viewOf(c)} {...found.value} filter={filter} refusal={refusal} />;
  return c.html(page, statusOf(refusal));
};

const withVacancies = async (deps: WebDeps, c: Context) => {
  const application = await applicationOf(deps, c);
  if (!application.ok) return application;
  const call = await publicCall(deps, application.value.round.id);
  if (!call.ok) return call;
  return { ok: true, value: { application: application.value, vacancies: call.value.vacancies } } as const;
};

type ChoicesPageProps = {
  view: View;
  application: ApplicationView;
  vacancies: readonly Vacancy[];
  filter: Filter;
  refusal?: Refusal;
};

const ChoicesPage = ({ view, application, vacancies, filter, refusal }: ChoicesPageProps) => {
  const { t } = view;
  const { id, choices } = shownOf(application);
  const action = paths.choices(t.locale, id);
  const { limit } = application.file.choices;
  const chosen = choices.flatMap((code) => vacancies.find((vacancy) => vacancy.code === code) ?? []);
  const draft = application.draft !== undefined && !isLeftBehind(application);
  return (
    <Page
      view={view}
      title={t('apply.task.choices')}
      caption={textIn(t, application.file.title)}
      failed={refusal !== undefined}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      <LeftBehind view={view} application={application} />
      {refusal && <RefusedOrder t={t} refusal={refusal} />}
      <p>{t('apply.choices.text', { count: limit })}</p>
      <RankedChoices
        t={t}
        action={action}
        filter={filter}
        choices={choices}
        chosen={chosen}
        limit={limit}
        changeable={draft}
      />
      <LinkButton href={nextAfter(t.locale, application, 'choices')}>{t('common.continue')}</LinkButton>
      {draft && chosen.length < limit && (
        <MoreChoices
          t={t}
          action={action}
          asked={action}
          filter={filter}
          choices={choices}
          vacancies={vacancies}
        />
      )}
    </Page>
  );
};
