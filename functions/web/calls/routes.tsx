import type { Context } from 'hono';
import { publicCalls, publicVacancies } from '#functions/commands/rounds.ts';
import type { Route } from '#functions/http/authorize.ts';
import { readFilter } from '#shared/domain/vacancy-search.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { CallPage, DecidingPage } from './call.tsx';
import { callOf } from './call-of.ts';
import { CallGroup } from './card.tsx';
import { downloadDeadlines } from './deadlines.ts';
import type { PublicCall } from './facts.ts';
import { downloadBundle, showResults } from './results.tsx';
import { EveryVacancyPage, VacanciesPage } from './vacancies.tsx';
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
    path: '/:locale{kk|ru|en}/calls/:round/rules',
    who: 'public',
    handle: async (c) => {
      const call = await callOf(deps, c);
      if (!call.ok) return refusalPage(c, call.error);
      return c.html(<DecidingPage view={viewOf(c)} call={call.value} />);
    },
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/deadlines.ics',
    who: 'public',
    handle: downloadDeadlines(deps),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/results',
    who: 'public',
    handle: showResults(deps),
  },
  ...vacancyRoutes(deps),
];

const vacancyRoutes = (deps: WebDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/vacancies',
    who: 'public',
    handle: async (c) => {
      const calls = await publicVacancies(deps);
      const filter = readFilter(c.req.query());
      return c.html(<EveryVacancyPage view={viewOf(c)} calls={calls} filter={filter} />);
    },
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/results/:stage',
    who: 'public',
    handle: downloadBundle(deps),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/vacancies',
    who: 'public',
    handle: showVacancies(deps),
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

/** The vacancies of a call, with their numbers of posts. */
export const showVacancies = (deps: WebDeps) => async (c: Context) => {
  const call = await callOf(deps, c);
  if (!call.ok) return refusalPage(c, call.error);
  const filter = readFilter(c.req.query());
  const view = viewOf(c);
  const action = paths.vacancies(view.t.locale, call.value.round.id);
  return c.html(<VacanciesPage view={view} round={call.value} filter={filter} action={action} />);
};

const CallsPage = ({ view, calls }: { view: View; calls: readonly PublicCall[] }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('common.calls')}>
      <CallGroup
        t={t}
        title={t('call.openCalls')}
        calls={calls.filter(({ open }) => open)}
        none={t('call.noneOpen')}
      />
      <CallGroup t={t} title={t('call.comingCalls')} calls={calls.filter(({ coming }) => coming)} />
      <CallGroup
        t={t}
        title={t('call.otherCalls')}
        calls={calls.filter(({ open, coming }) => !open && !coming)}
      />
    </Page>
  );
};
