import type { Locale } from '#shared/i18n/locale.ts';
import type { Minutes, MinutesApplication } from './minutes.ts';
import type { PaperColumn, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** All applications, best first; those without a rank follow in the order of their numbers. */
export const applicationsSection = ({ applications }: Minutes, t: PaperTranslator): PaperSection => {
  const heading = t('papers.applications.heading');
  if (applications.length === 0) {
    return { heading, blocks: [{ kind: 'text', text: t('papers.applications.none') }] };
  }
  const sorted = applications.toSorted(byRank);
  const figures = figureColumns(sorted, t);
  const rowOf = (one: MinutesApplication, index: number): string[] => [
    one.rank === undefined ? t('papers.none') : t.number(one.rank),
    one.number,
    ...figures.map(({ cells }) => cells[index] ?? ''),
    t(`papers.outcome.${one.outcome}`),
  ];
  return {
    heading,
    blocks: [
      { kind: 'text', text: t('papers.applications.intro', { count: applications.length }) },
      {
        kind: 'table',
        columns: [
          { title: t('papers.applications.rank'), width: 'fit', align: 'end' },
          { title: t('papers.applications.number'), width: 'fit', align: 'start' },
          ...figures.map(({ title }): PaperColumn => ({ title, width: 'fit', align: 'end' })),
          { title: t('papers.applications.outcome'), width: 'rest', align: 'start' },
        ],
        rows: sorted.map(rowOf),
      },
    ],
  };
};

/** What raters gave as it is and adjusted, where the round file asks for that (which of the two counts is said with the gate); and the parts. */
const figureColumns = (sorted: readonly MinutesApplication[], t: PaperTranslator) => {
  const column = (
    name: 'raw' | 'adjusted' | 'scoring' | 'interview' | 'total',
    of: (one: MinutesApplication) => number | undefined,
  ) => ({ title: t(`papers.applications.${name}`), cells: points(sorted.map(of), t.locale) });
  return [
    ...(sorted.some(({ rated }) => rated)
      ? [column('raw', ({ rated }) => rated?.raw), column('adjusted', ({ rated }) => rated?.adjusted)]
      : []),
    column('scoring', ({ scoring }) => scoring),
    column('interview', ({ interview }) => interview),
    column('total', ({ total }) => total),
  ];
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
