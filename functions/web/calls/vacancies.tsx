import type { RoundView } from '#functions/commands/rounds.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Filter, type Selection, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { languageName, schoolName, subjectName, textIn } from '../words.ts';
import { SupportLines } from './support.tsx';
import { FilterForm } from './vacancy-filter.tsx';

type VacanciesProps = { view: View; round: RoundView; filter: Filter; action: string };

/** The vacancies of a call: a plain form filters and sorts them, and every state of it has an address. */
export const VacanciesPage = ({ view, round, filter, action }: VacanciesProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('call.vacancies')}
      caption={textIn(t, round.file.title)}
      back={{ href: paths.call(t.locale, round.round.id) }}
      wide
    >
      <VacancyBrowser t={t} calls={[round]} filter={filter} action={action} />
    </Page>
  );
};

type EveryVacancyProps = { view: View; calls: readonly RoundView[]; filter: Filter };

/** The vacancies of all calls that are open or coming. */
export const EveryVacancyPage = ({ view, calls, filter }: EveryVacancyProps) => {
  const { t } = view;
  return (
    <Page view={view} title={t('call.vacancies')} caption={view.regionName} wide>
      {calls.length === 0 ? (
        <>
          <p>{t('call.noneOpen')}</p>
          <p>
            <a href={paths.calls(t.locale)}>{t('call.allWithResults')}</a>
          </p>
        </>
      ) : (
        <VacancyBrowser t={t} calls={calls} filter={filter} action={paths.everyVacancy(t.locale)} />
      )}
    </Page>
  );
};

type BrowserProps = { t: Translator; calls: readonly RoundView[]; filter: Filter; action: string };

export const VacancyBrowser = ({ t, calls, filter, action }: BrowserProps) => {
  const { compare } = new Intl.Collator(t.locale);
  const vacancies = calls.flatMap(({ round, vacancies: own }) =>
    own.map((vacancy) => Object.assign({ roundId: round.id }, vacancy)),
  );
  const selection = select(vacancies, filter, compare);
  return (
    <>
      <FilterForm
        t={t}
        vacancies={vacancies}
        filter={filter}
        action={action}
        calls={calls.map(({ round, file }) => ({ value: round.id, text: textIn(t, file.title) }))}
      />
      <p role="status">
        {t('call.found', { count: selection.vacancies })}. {t('call.posts', { count: selection.posts })}.
      </p>
      {selection.vacancies > 0 && (
        <>
          <p>{t('support.note')}</p>
          <Rows t={t} calls={calls} shown={selection.shown} />
        </>
      )}
      <Pages t={t} filter={filter} selection={selection} action={action} />
    </>
  );
};

type Listed = Vacancy & { roundId: RoundId };

type RowsProps = { t: Translator; calls: readonly RoundView[]; shown: readonly Listed[] };

const Rows = ({ t, calls, shown }: RowsProps) => (
  <Table
    caption={t('call.vacancies')}
    hideCaption
    head={[
      t('call.school'),
      t('call.subject'),
      t('call.district'),
      t('call.language'),
      t('call.hours'),
      t('call.postsColumn'),
      t('call.incentives'),
    ]}
    numeric={[4, 5]}
    rows={shown.map((vacancy) => [
      <a href={paths.vacancy(t.locale, vacancy.roundId, vacancy.code)}>{schoolName(t, vacancy)}</a>,
      subjectName(t, vacancy.subject),
      `${vacancy.district}, ${vacancy.locality}`,
      languageName(t, vacancy.language),
      t.number(vacancy.hours),
      t.number(vacancy.posts),
      calls
        .filter(({ round }) => round.id === vacancy.roundId)
        .map((call) => <SupportLines t={t} call={call} vacancy={vacancy} />),
    ])}
  />
);

type PagesProps = { t: Translator; filter: Filter; selection: Selection; action: string };

export const Pages = ({ t, filter, selection, action }: PagesProps) => {
  const { page, pages } = selection;
  if (pages === 1) return null;
  const address = (number: number): string => `${action}${writeFilter({ ...filter, page: number })}`;
  return (
    <nav class="pages" aria-label={t('call.pages')}>
      {page > 1 && (
        <a href={address(page - 1)} rel="prev">
          {t('call.previousPage')}
        </a>
      )}
      <span>{t('common.of', { position: page, count: pages })}</span>
      {page < pages && (
        <a href={address(page + 1)} rel="next">
          {t('call.nextPage')}
        </a>
      )}
    </nav>
  );
};
