import * as z from 'zod';
import { detailsOf } from '#functions/http/refusal-text.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type Filter, readFilter, select, writeFilter } from '#shared/domain/vacancy-search.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Pages } from '../calls/vacancies.tsx';
import { FilterForm } from '../calls/vacancy-filter.tsx';
import { Hidden } from '../fields.tsx';
import { one, type Typed } from '../form.ts';
import { Inset } from '../parts.tsx';
import { change, type Move, moves } from './ranking.ts';
import { Chosen, Offered } from './vacancy-lines.tsx';

/** One press on a page that ranks vacancies: the order that the page showed, the one after the press, and the filter to come back to. */
export type Pressed = { basedOn: VacancyCode[]; codes: VacancyCode[]; filter: Filter };

/** What was pressed; undefined where no page of ours has such a button. */
export const pressedIn = (posted: Typed): Pressed | undefined => {
  const [name, text] = one(posted, 'press').split(' ');
  const move: Move | undefined = moves.find((known) => known === name);
  const code = VacancyCode.safeParse(text);
  const basedOn = z.array(VacancyCode).safeParse(one(posted, 'order').split(' ').filter(Boolean));
  if (!move || !code.success || !basedOn.success) return undefined;
  const filter = readFilter(Object.fromEntries(new URLSearchParams(one(posted, 'filter'))));
  return { basedOn: basedOn.data, codes: change(basedOn.data, move, code.data), filter };
};

/** Why an order was not stored; below it stands the one that is. */
export const RefusedOrder = ({ t, refusal }: { t: Translator; refusal: Refusal }) => (
  <div class="govuk-inset-text" role="alert">
    <p>{t(`problems.${refusal.kind}.title`)}</p>
    {detailsOf(refusal, t).map((text) => (
      <p>{text}</p>
    ))}
    <p>{t('apply.choices.asStored')}</p>
  </div>
);

type ChosenProps = {
  t: Translator;
  /** Where presses are posted. */
  action: string;
  filter: Filter;
  /** What was chosen, best first. */
  choices: readonly VacancyCode[];
  chosen: readonly Vacancy[];
  limit: number;
  changeable: boolean;
};

/** The chosen vacancies in their order. */
export const RankedChoices = ({ t, action, filter, choices, chosen, limit, changeable }: ChosenProps) => (
  <form method="post" action={action} id="chosen">
    <Hidden name="order" value={choices.join(' ')} />
    <Hidden name="filter" value={writeFilter(filter).slice(1)} />
    <h2 class="govuk-heading-m">{t('apply.choices.yours', { count: chosen.length, limit })}</h2>
    {chosen.length === 0 && <Inset>{t('apply.choices.none')}</Inset>}
    <Chosen t={t} vacancies={chosen} changeable={changeable} />
  </form>
);

type MoreProps = Pick<ChosenProps, 't' | 'action' | 'filter' | 'choices'> & {
  /** The page that the filter asks for. */
  asked: string;
  vacancies: readonly Vacancy[];
};

/** Those that can still be chosen, behind a filter. */
export const MoreChoices = ({ t, action, asked, filter, choices, vacancies }: MoreProps) => {
  const others = vacancies.filter(({ code }) => !choices.includes(code));
  // Nothing is left to be filtered once everything is chosen.
  if (others.length === 0) return null;
  const selection = select(others, filter, new Intl.Collator(t.locale).compare);
  return (
    <>
      <h2 class="govuk-heading-m">{t('apply.choices.more')}</h2>
      <FilterForm t={t} vacancies={vacancies} filter={filter} action={asked} />
      <p role="status">{t('call.found', { count: selection.vacancies })}.</p>
      <form method="post" action={action}>
        <Hidden name="order" value={choices.join(' ')} />
        <Hidden name="filter" value={writeFilter(filter).slice(1)} />
        <Offered t={t} vacancies={selection.shown} />
      </form>
      <Pages t={t} filter={filter} selection={selection} action={asked} />
    </>
  );
};
