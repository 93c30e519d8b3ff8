import type { CorrectedOffers, MovedPlace } from '#functions/commands/correction-offers.ts';
import { type EditionDebt, remedyOwed } from '#functions/commands/edition-debts.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { PageLinks, pageOf } from '../paged.tsx';
import { Facts, Table } from '../parts.tsx';
import { ranksOf } from './debts.tsx';

type Props = {
  t: Translator;
  offers: CorrectedOffers;
  /** The page that this stands on, and which page of the table its address asks for. */
  at: string;
  /** What that address says besides. */
  query?: string;
  asked: number;
};

/** What a correction would come to while offers are made: how many it concerns in which way, and each of them by number. */
export const OffersAfter = ({ t, offers, at, query = '', asked }: Props) => {
  const { edition, comeIn, stop, next, waiting, debts, walled } = offers;
  const { rows, ...page } = pageOf(concernedBy(offers), asked);
  return (
    <section id={section}>
      <h2 class="govuk-heading-m">{t('corrections.offers.title')}</h2>
      <p>{t('corrections.offers.text', { number: edition })}</p>
      <Facts
        facts={[
          { name: t('corrections.offers.comeIn'), value: numbersText(t, comeIn) },
          { name: t('corrections.offers.stop'), value: numbersText(t, stop) },
          { name: t('corrections.offers.next'), value: t.number(next) },
          {
            name: t('corrections.offers.waiting'),
            value: t.number(new Set(waiting.map(({ number }) => number)).size),
          },
          { name: t('corrections.offers.owed'), value: t.number(debts.filter(remedyOwed).length) },
        ]}
      />
      {walled > 0 && <p>{t('committee.walled', { count: walled })}</p>}
      {rows.length > 0 && (
        <Table
          caption={t('corrections.offers.title')}
          hideCaption
          head={[
            t('apply.numberName'),
            t('corrections.offers.ranks'),
            t('corrections.offers.places'),
            t('remedy.edition.holds'),
            t('remedy.edition.owes'),
          ]}
          rows={rows.map(({ number, places, debt }) => [
            <span class="whole">{number}</span>,
            debt ? ranksOf(t, debt) : '–',
            places.map((place) => moved(t, place)).join(', ') || '–',
            debt?.holds ? `${debt.holds.vacancy}: ${t(`offer.status.${debt.holds.status}`)}` : '–',
            debt ? t(`remedy.edition.owed.${debt.owed}`, { post: debt.post ?? '–' }) : '–',
          ])}
        />
      )}
      <PageLinks t={t} at={at} table={{ query, id: section }} {...page} />
    </section>
  );
};

const section = 'offers';

type Concerned = { number: ApplicationNumber; places: readonly MovedPlace[]; debt: EditionDebt | undefined };

/** First those who stand elsewhere or are owed something, then whose place alone moves. */
const concernedBy = ({ debts, waiting }: CorrectedOffers): Concerned[] => {
  const places = Map.groupBy(waiting, ({ number }) => number);
  const byNumber = new Map(debts.map((debt) => [debt.number, debt]));
  return [...new Set([...byNumber.keys(), ...places.keys()])].map((number) => ({
    number,
    places: places.get(number) ?? [],
    debt: byNumber.get(number),
  }));
};

/** More of them are in the table below. */
const mostNumbers = 10;

const numbersText = (t: Translator, numbers: readonly ApplicationNumber[]): string => {
  if (numbers.length === 0) return t.number(0);
  const named = numbers.slice(0, mostNumbers).join(', ');
  return `${t.number(numbers.length)}: ${named}${numbers.length > mostNumbers ? ' …' : ''}`;
};

const moved = (t: Translator, { vacancy, before, after }: MovedPlace): string => {
  const [old, own] = [before, after].map((place) => (place === undefined ? '–' : t.number(place)));
  return `${vacancy}: ${old} → ${own}`;
};
