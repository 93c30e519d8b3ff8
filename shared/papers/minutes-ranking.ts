import type { Locale } from '#shared/i18n/locale.ts';
import { withMinus } from '#shared/i18n/number.ts';
import type { Minutes, MinutesApplication } from './minutes.ts';
import type { PaperBlock, PaperColumn, PaperSection } from './paper.ts';
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
      ...ratedBlocks(sorted, t),
    ],
  };
};

/** The parts and the total, each with as many decimals as any of its column needs. */
const figureColumns = (sorted: readonly MinutesApplication[], t: PaperTranslator) =>
  (['scoring', 'interview', 'total'] as const).map((name) => ({
    title: t(`papers.applications.${name}`),
    cells: pointTexts(
      sorted.map((one) => one[name]),
      t.locale,
    ),
  }));

/** What raters came to as they gave it, and adjusted with its error, in the same order; nothing where the round has no adjusting. */
const ratedBlocks = (sorted: readonly MinutesApplication[], t: PaperTranslator): PaperBlock[] => {
  const both = sorted.flatMap(({ number, rated }) => (rated ? [{ number, rated }] : []));
  if (both.length === 0) return [];
  const [raw, adjusted, error] = (['raw', 'adjusted', 'error'] as const).map((name) =>
    pointTexts(
      both.map(({ rated }) => rated[name]),
      t.locale,
    ),
  );
  return [
    { kind: 'text', text: t('papers.applications.rated'), strong: true },
    {
      kind: 'table',
      columns: [
        { title: t('papers.applications.number'), width: 'rest', align: 'start' },
        { title: t('severity.raw'), width: 'fit', align: 'end' },
        { title: t('severity.adjusted.error'), width: 'fit', align: 'end' },
      ],
      rows: both.map(({ number }, index) => [
        number,
        raw?.[index] ?? '',
        `${adjusted?.[index]} ± ${error?.[index]}`,
      ]),
    },
  ];
};

const byRank = (a: MinutesApplication, b: MinutesApplication): number =>
  (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
  (a.number < b.number ? -1 : 1);

/** Points that nobody gets beyond are shown to the hundredth; all of a column with as many decimals as any needs. */
const mostDecimals = 2;

export const pointTexts = (column: readonly (number | undefined)[], locale: Locale): string[] => {
  const plain = new Intl.NumberFormat('en', { maximumFractionDigits: mostDecimals, useGrouping: false });
  const decimals = Math.max(
    ...column.map((value) => (value === undefined ? 0 : (plain.format(value).split('.')[1]?.length ?? 0))),
  );
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return column.map((value) => (value === undefined ? '–' : withMinus(format.format(value))));
};
