import type { Context } from 'hono';
import * as z from 'zod';
import { type ApplicationView, rankVacancies } from '#functions/commands/applications.ts';
import { publicCall } from '#functions/commands/rounds.ts';
import { statusOf } from '#functions/http/problem.ts';
import { detailsOf } from '#functions/http/refusal-text.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Filter, readFilter, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Refusal } from '#shared/errors.ts';
import { Pages } from '../calls/vacancies.tsx';
import { FilterForm } from '../calls/vacancy-filter.tsx';
import type { WebDeps } from '../deps.ts';
import { Hidden, LinkButton } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, shownOf } from './application.ts';
import { change, type Move, moves } from './ranking.ts';
import { nextAfter } from './tasks.ts';
import { Chosen, Offered } from './vacancy-lines.tsx';

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
  const posted = await readTyped(c);
  const filter = readFilter(Object.fromEntries(new URLSearchParams(one(posted, 'filter'))));

  const pressed = pressedIn(one(posted, 'press'));
  const basedOn = z.array(VacancyCode).safeParse(one(posted, 'order').split(' ').filter(Boolean));
  if (!pressed || !basedOn.success) return refusalPage(c, { kind: 'not-found', what: 'vacancy' });
  const codes = change(basedOn.data, pressed.move, pressed.code);
  const ranked = await rankVacancies(deps, { ...application.asked, basedOn: basedOn.data, codes });
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

/** `up ALM-12`: what a button's value says. */
const pressedIn = (value: string): { move: Move; code: VacancyCode } | undefined => {
  const [name, text] = value.split(' ');
  const move = moves.find((known) => known === name);
  const code = VacancyCode.safeParse(text);
  return move && code.success ? { move, code: code.data } : undefined;
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
  const others = vacancies.filter(({ code }) => !choices.includes(code));
  const selection = select(others, filter, new Intl.Collator(t.locale).compare);
  const draft = application.draft !== undefined;
  return (
    <Page
      view={view}
      title={t('apply.task.choices')}
      caption={textIn(t, application.file.title)}
      failed={refusal !== undefined}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      {refusal && (
        <div class="govuk-inset-text" role="alert">
          <p>{t(`problems.${refusal.kind}.title`)}</p>
          {detailsOf(refusal, t).map((text) => (
            <p>{text}</p>
          ))}
          <p>{t('apply.choices.asStored')}</p>
        </div>
      )}
      <p>{t('apply.choices.text', { count: limit })}</p>
      <form method="post" action={action} id="chosen">
        <Hidden name="order" value={choices.join(' ')} />
        <Hidden name="filter" value={writeFilter(filter).slice(1)} />
        <h2 class="govuk-heading-m">{t('apply.choices.yours', { count: chosen.length, limit })}</h2>
        {chosen.length === 0 && <Inset>{t('apply.choices.none')}</Inset>}
        <Chosen t={t} vacancies={chosen} changeable={draft} />
      </form>
      <LinkButton href={nextAfter(t.locale, application, 'choices')}>{t('common.continue')}</LinkButton>
      {draft && chosen.length < limit && (
        <>
          <h2 class="govuk-heading-m">{t('apply.choices.more')}</h2>
          <FilterForm t={t} vacancies={vacancies} filter={filter} action={action} />
          <p role="status">{t('call.found', { count: selection.vacancies })}.</p>
          <form method="post" action={action}>
            <Hidden name="order" value={choices.join(' ')} />
            <Hidden name="filter" value={writeFilter(filter).slice(1)} />
            <Offered t={t} vacancies={selection.shown} />
          </form>
          <Pages t={t} filter={filter} selection={selection} action={action} />
        </>
      )}
    </Page>
  );
};
