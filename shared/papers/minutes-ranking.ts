import type { Locale } from '#shared/i18n/locale.ts';
import type { Minutes, MinutesApplication } from './minutes.ts';
import type { PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** All applications, best first; those without a rank follow in the order of their numbers. */
export const applicationsSection = ({ applications }: Minutes, t: PaperTranslator): PaperSection => {
  const heading = t('papers.applications.heading');
  if (applications.length === 0) {
    return { heading, blocks: [{ kind: 'text', text: t('papers.applications.none') }] };
  }
  const sorted = applications.toSorted(byRank);
  const scoring = points(
    sorted.map((one) => one.scoring),
    t.locale,
  );
  const interview = points(
    sorted.map((one) => one.interview),
    t.locale,
  );
  const total = points(
    sorted.map((one) => one.total),
    t.locale,
  );
  return {
    heading,
    blocks: [
      { kind: 'text', text: t('papers.applications.intro', { count: applications.length }) },
      {
        kind: 'table',
        columns: [
          { title: t('papers.applications.rank'), width: 'fit', align: 'end' },
          { title: t('papers.applications.number'), width: 'fit', align: 'start' },
          { title: t('papers.applications.scoring'), width: 'fit', align: 'end' },
          { title: t('papers.applications.interview'), width: 'fit', align: 'end' },
          { title: t('papers.applications.total'), width: 'fit', align: 'end' },
          { title: t('papers.applications.outcome'), width: 'rest', align: 'start' },
        ],
        rows: sorted.map((one, index) => [
          one.rank === undefined ? t('papers.none') : t.number(one.rank),
          one.number,
          scoring[index] ?? '',
          interview[index] ?? '',
          total[index] ?? '',
          t(`papers.outcome.${one.outcome}`),
        ]),
      },
    ],
  };
};

const byRank = (a: MinutesApplication, b: MinutesApplication): number =>
  (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
  (a.number < b.number ? -1 : 1);

/** Points that nobody gets beyond are shown to the hundredth; all of a column with as many decimals as any needs. */
const mostDecimals = 2;

const points = (column: readonly (number | undefined)[], locale: Locale): string[] => {
  const plain = new Intl.NumberFormat('en', { maximumFractionDigits: mostDecimals, useGrouping: false });
  const decimals = Math.max(
    ...column.map((value) => (value === undefined ? 0 : (plain.format(value).split('.')[1]?.length ?? 0))),
  );
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return column.map((value) => (value === undefined ? '–' : format.format(value)));
};
