import type { Context } from 'hono';
import { type CallView, publicCall, publicCalls } from '#functions/commands/rounds.ts';
import type { Route } from '#functions/http/authorize.ts';
import { RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { CallPage } from './call.tsx';
import { CallCard } from './card.tsx';
import type { PublicCall } from './facts.ts';
import { readFilter } from '#shared/domain/vacancy-search.ts';
import { showResults } from './results.tsx';
import { VacanciesPage } from './vacancies.tsx';
import { VacancyPage } from './vacancy.tsx';

export const callRoutes = (deps: WebDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls',
    who: 'public',
    handle: async (c) => c.html(<CallsPage view={viewOf(c)} calls={await publicCalls(deps)} />),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round',
    who: 'public',
    handle: async (c) => {
      const call = await callOf(deps, c);
      if (!call.ok) return refusalPage(c, call.error);
      return c.html(<CallPage view={viewOf(c)} call={call.value} />);
    },
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/results',
    who: 'public',
    handle: showResults(deps),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/vacancies',
    who: 'public',
    handle: async (c) => {
      const call = await callOf(deps, c);
      if (!call.ok) return refusalPage(c, call.error);
      const filter = readFilter(c.req.query());
      const view = viewOf(c);
      const action = paths.vacancies(view.t.locale, call.value.round.id);
      return c.html(<VacanciesPage view={view} round={call.value} filter={filter} action={action} />);
    },
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/vacancies/:code',
    who: 'public',
    handle: async (c) => {
      const call = await callOf(deps, c);
      if (!call.ok) return refusalPage(c, call.error);
      const vacancy = call.value.vacancies.find(({ code }) => code === c.req.param('code'));
      if (!vacancy) return refusalPage(c, { kind: 'not-found', what: 'vacancy' });
      return c.html(<VacancyPage view={viewOf(c)} call={call.value} vacancy={vacancy} />);
    },
  },
];

const callOf = async (deps: WebDeps, c: Context): Promise<Result<CallView, Refusal>> => {
  const id = RoundId.safeParse(c.req.param('round'));
  return id.success ? publicCall(deps, id.data) : refuse({ kind: 'not-found', what: 'round' });
};

const CallsPage = ({ view, calls }: { view: View; calls: readonly PublicCall[] }) => {
  const { t } = view;
  const open = calls.filter((call) => call.open);
  const others = calls.filter((call) => !call.open);
  return (
    <Page view={view} title={t('common.calls')}>
      <h2 class="govuk-heading-m">{t('call.openCalls')}</h2>
      {open.length === 0 ? <p>{t('call.noneOpen')}</p> : open.map((call) => <CallCard t={t} call={call} />)}
      {others.length > 0 && <h2 class="govuk-heading-m">{t('call.otherCalls')}</h2>}
      {others.map((call) => (
        <CallCard t={t} call={call} />
      ))}
    </Page>
  );
};
