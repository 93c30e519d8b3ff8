import type { Context } from 'hono';
import type { RoundView } from '#functions/commands/rounds.ts';
import { type Filter, readFilter } from '#shared/domain/vacancy-search.ts';
import { CallText } from '../calls/call.tsx';
import { DecidingRules } from '../calls/deciding.tsx';
import { deadlineOf } from '../calls/facts.ts';
import { VacancyBrowser } from '../calls/vacancies.tsx';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { managedRound } from './round-of.ts';

/** The call drawn by the same code as the public page, so that the preview cannot differ from it. */
export const showPreview = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<PreviewPage view={viewOf(c)} managed={found.value} />);
};

export const showPreviewVacancies = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const filter = readFilter(c.req.query());
  return c.html(<PreviewVacanciesPage view={viewOf(c)} managed={found.value} filter={filter} />);
};

const PreviewPage = ({ view, managed }: { view: View; managed: RoundView }) => {
  const { t } = view;
  const { round, file } = managed;
  return (
    <Page
      view={view}
      title={textIn(t, file.title)}
      caption={t('manage.preview')}
      back={{ href: paths.managed(t.locale, round.id) }}
      wide
    >
      <Inset>{t('manage.preview.text')}</Inset>
      <CallText
        t={t}
        call={managed}
        vacancies={paths.previewVacancies(t.locale, round.id)}
        deciding="#deciding"
        apply={undefined}
      />
      <section id="deciding">
        <h2 class="govuk-heading-m">{t('call.deciding')}</h2>
        <DecidingRules t={t} file={file} closesAt={deadlineOf(round)} />
      </section>
    </Page>
  );
};

type PreviewVacanciesProps = { view: View; managed: RoundView; filter: Filter };

const PreviewVacanciesPage = ({ view, managed, filter }: PreviewVacanciesProps) => {
  const { t } = view;
  const { id } = managed.round;
  return (
    <Page
      view={view}
      title={t('call.vacancies')}
      caption={t('manage.preview')}
      back={{ href: paths.preview(t.locale, id) }}
      wide
    >
      <VacancyBrowser t={t} calls={[managed]} filter={filter} action={paths.previewVacancies(t.locale, id)} />
    </Page>
  );
};
