import type { RoundView } from '#functions/commands/rounds.ts';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Select } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { incentiveName, languageName, schoolName, subjectName, textIn } from '../words.ts';
import { type Filter, orders, type Selection, select, writeFilter } from '#shared/domain/vacancy-search.ts';

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
      <VacancyBrowser t={t} round={round} filter={filter} action={action} />
    </Page>
  );
};

export const VacancyBrowser = ({
  t,
  round,
  filter,
  action,
}: Omit<VacanciesProps, 'view'> & { t: Translator }) => {
  const { compare } = new Intl.Collator(t.locale);
  const selection = select(round.vacancies, filter, compare);
  return (
    <>
      <FilterForm t={t} vacancies={round.vacancies} filter={filter} action={action} />
      <p role="status">
        {t('call.found', { count: selection.vacancies })}. {t('call.posts', { count: selection.posts })}.
      </p>
      {selection.vacancies > 0 && <Rows t={t} roundId={round.round.id} shown={selection.shown} />}
      <Pages t={t} filter={filter} selection={selection} action={action} />
    </>
  );
};

type FilterFormProps = { t: Translator; vacancies: readonly Vacancy[]; filter: Filter; action: string };

export const FilterForm = ({ t, vacancies, filter, action }: FilterFormProps) => {
  const districts = [...new Set(vacancies.map(({ district }) => district))].toSorted(
    new Intl.Collator(t.locale).compare,
  );
  const subjects = Subject.options.filter((subject) => vacancies.some((one) => one.subject === subject));
  const languages = InstructionLanguage.options.filter((code) =>
    vacancies.some((one) => one.language === code),
  );
  const all = t('call.filter.all');
  return (
    <form method="get" action={action} class="filter">
      <Select
        t={t}
        name="subject"
        label={t('call.subject')}
        empty={all}
        value={filter.subject}
        options={subjects.map((value) => ({ value, text: subjectName(t, value) }))}
      />
      <Select
        t={t}
        name="district"
        label={t('call.district')}
        empty={all}
        value={filter.district}
        options={districts.map((value) => ({ value, text: value }))}
      />
      <Select
        t={t}
        name="language"
        label={t('call.language')}
        empty={all}
        value={filter.language}
        options={languages.map((value) => ({ value, text: languageName(t, value) }))}
      />
      <Select
        t={t}
        name="order"
        label={t('call.order')}
        value={filter.order}
        options={orders.map((value) => ({ value, text: t(`call.order.${value}`) }))}
      />
      <button type="submit" class="govuk-button govuk-button--secondary">
        {t('call.filter.apply')}
      </button>
    </form>
  );
};

type RowsProps = { t: Translator; roundId: string; shown: readonly Vacancy[] };

const Rows = ({ t, roundId, shown }: RowsProps) => (
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
      <a href={paths.vacancy(t.locale, roundId, vacancy.code)}>{schoolName(t, vacancy)}</a>,
      subjectName(t, vacancy.subject),
      `${vacancy.district}, ${vacancy.locality}`,
      languageName(t, vacancy.language),
      t.number(vacancy.hours),
      t.number(vacancy.posts),
      vacancy.incentives.map((incentive) => incentiveName(t, incentive)).join(', '),
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
