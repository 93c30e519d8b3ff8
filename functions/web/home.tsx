import { publicCalls } from '#functions/commands/rounds.ts';
import type { Route } from '#functions/http/authorize.ts';
import { CallGroup } from './calls/card.tsx';
import type { PublicCall } from './calls/facts.ts';
import type { WebDeps } from './deps.ts';
import { LinkButton } from './fields.tsx';
import { Page } from './layout.tsx';
import { Timeline } from './parts.tsx';
import { paths } from './paths.ts';
import { PrivacyPage } from './privacy.tsx';
import { ProgrammePage } from './programme.tsx';
import { type View, viewOf } from './view.ts';

export const homeRoutes = (deps: WebDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}',
    who: 'public',
    handle: (c) => c.redirect(paths.home(viewOf(c).t.locale), 301),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/',
    who: 'public',
    handle: async (c) => {
      const calls = await publicCalls(deps);
      return c.html(<HomePage view={viewOf(c)} calls={calls} />);
    },
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/programme',
    who: 'public',
    handle: (c) => c.html(<ProgrammePage view={viewOf(c)} />),
  },
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/personal-data',
    who: 'public',
    handle: (c) => c.html(<PrivacyPage view={viewOf(c)} />),
  },
];

const steps = ['read', 'fill', 'choose', 'submit', 'follow'] as const;

const HomePage = ({ view, calls }: { view: View; calls: readonly PublicCall[] }) => {
  const { t } = view;
  return (
    <Page view={view} title={t('common.serviceLong')}>
      <p class="lead">{t('call.home.lead', { region: view.regionName })}</p>
      <CallGroup
        t={t}
        title={t('call.openCalls')}
        calls={calls.filter(({ open }) => open)}
        none={t('call.noneOpen')}
      />
      <CallGroup t={t} title={t('call.comingCalls')} calls={calls.filter(({ coming }) => coming)} />
      {calls.some(({ open, coming }) => open || coming) && (
        <p>
          <a href={paths.everyVacancy(t.locale)}>{t('call.everyVacancy')}</a>
        </p>
      )}
      {calls.some(({ open, coming }) => !open && !coming) && (
        <p>
          <a href={paths.calls(t.locale)}>{t('call.allWithResults')}</a>
        </p>
      )}
      <h2 class="govuk-heading-m">{t('call.home.how')}</h2>
      <Timeline
        steps={steps.map((step) => ({
          title: t(`call.home.step.${step}`),
          text: t(`call.home.step.${step}.text`),
          done: false,
        }))}
      />
      <LinkButton href={paths.programme(t.locale)} kind="secondary">
        {t('call.home.aboutProgramme')}
      </LinkButton>
    </Page>
  );
};
