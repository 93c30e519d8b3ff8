import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Filter, loads, orders } from '#shared/domain/vacancy-search.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Option, Select, TextField } from '../fields.tsx';
import { Details } from '../parts.tsx';
import { languageName, subjectName } from '../words.ts';

type FilterFormProps = {
  t: Translator;
  vacancies: readonly Vacancy[];
  filter: Filter;
  action: string;
  /** Of which call, where there are several. */
  calls?: readonly Option[];
};

/** Offers what the vacancies have, and nothing that would find none. */
export const FilterForm = ({ t, vacancies, filter, action, calls = [] }: FilterFormProps) => {
  const { compare } = new Intl.Collator(t.locale);
  const districts = [...new Set(vacancies.map(({ district }) => district))].toSorted(compare);
  const subjects = Subject.options.filter((subject) => vacancies.some((one) => one.subject === subject));
  const languages = InstructionLanguage.options.filter((code) =>
    vacancies.some((one) => one.language === code),
  );
  const any = { t, empty: t('call.filter.all') };
  return (
    <form method="get" action={action} class="filter">
      <Select
        {...any}
        name="subject"
        label={t('call.subject')}
        value={filter.subject}
        options={subjects.map((value) => ({ value, text: subjectName(t, value) }))}
      />
      <Select
        {...any}
        name="district"
        label={t('call.filter.districtName')}
        value={filter.district}
        options={districts.map((value) => ({ value, text: value }))}
      />
      <Select
        {...any}
        name="language"
        label={t('call.language')}
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
      <MoreFilters {...any} filter={filter} calls={calls} />
      <button type="submit" class="govuk-button govuk-button--secondary">
        {t('call.filter.apply')}
      </button>
    </form>
  );
};

type MoreProps = { t: Translator; empty: string; filter: Filter; calls: readonly Option[] };

/** Folded away on the way to the list, unless one of them filters it. */
const MoreFilters = ({ t, empty, filter, calls }: MoreProps) => {
  const { locality, school, load, round } = filter;
  const used = [locality, school, load, round].some((value) => value !== undefined);
  return (
    <Details summary={t('call.filter.more')} open={used}>
      <TextField t={t} name="locality" label={t('call.filter.locality')} value={locality ?? ''} />
      <TextField t={t} name="school" label={t('call.filter.school')} value={school ?? ''} />
      <Select
        t={t}
        name="load"
        label={t('call.filter.load')}
        empty={empty}
        value={load}
        options={loads.map((value) => ({ value, text: t(`call.filter.load.${value}`) }))}
      />
      {calls.length > 1 && (
        <Select
          t={t}
          name="call"
          label={t('call.oneCall')}
          empty={empty}
          value={filter.round}
          options={calls}
        />
      )}
    </Details>
  );
};
