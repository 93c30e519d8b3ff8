import type { FormulaColumn } from '#functions/commands/formula-columns.ts';
import { nameFor } from '#functions/commands/formulas.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { isWalled, openIn, type SeenList, type SeenStanding } from '#shared/domain/walls.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { reasonText } from '#shared/reason-texts.ts';
import { comparable, valueText } from '../formulas/shown.tsx';
import { Tag } from '../parts.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type Column, SortedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { inPercent } from '../words.ts';
import { Adjustment, ratedColumns } from './adjustment.tsx';
import { LineNote, NearTag } from './line-group.tsx';

type Props = {
  view: View;
  /** The page that it stands on, without a query. */
  at: string;
  list: SeenList;
  file: RoundFile;
  /** Formulas of the committee, each a column more. */
  formulas?: readonly FormulaColumn[];
  /** Numbers on which the committee decided otherwise than the points propose. */
  departed?: readonly string[];
};

/**
 * A standing list as a table, sorted as its reader wants: only the columns that the stage has. Numbers, never names. What is closed
 * to the reader keeps its place and is in no count.
 */
export const ProposalTable = ({ view, at, list, file, formulas = [], departed = [] }: Props) => {
  const { t } = view;
  const open = openIn(list);
  const ranked = open.some(({ rank }) => rank !== undefined);
  const goesOn = open.filter(({ outcome }) => outcome === 'goes-on').length;
  const walled = list.standings.length - open.length;
  return (
    <>
      <p>{t('committee.proposal.counts', { goesOn, all: open.length })}</p>
      {walled > 0 && <p>{t('committee.walled', { count: walled })}</p>}
      <SampleNote t={t} of={sheetsBehind(open, file)} />
      {list.line && <LineNote t={t} line={list.line} />}
      {list.adjustment && <Adjustment t={t} adjustment={list.adjustment} />}
      <SortedTable
        view={view}
        at={at}
        name="ranking"
        caption={t('committee.proposal')}
        hideCaption
        initial={{ column: ranked ? 'rank' : 'number', down: false }}
        columns={[
          ...columnsOf(t, { ...list, standings: open, departed }, file),
          ...formulas.map((one) => formulaColumn(t, one)),
        ].map((column) => behind(t, column))}
        rows={list.standings}
      />
    </>
  );
};

/** The sheets by which points were given that decide on it. */
export const sheetsBehind = (
  standings: readonly Pick<Standing, 'scoring' | 'interview'>[],
  { rubric, interviews }: Pick<RoundFile, 'rubric' | 'interviews'>,
) => [
  ...(standings.some(({ scoring }) => scoring !== undefined) ? [rubric] : []),
  ...(standings.some(({ interview }) => interview !== undefined) ? [interviews] : []),
];

export const Outcome = ({ t, outcome }: { t: Translator; outcome: Standing['outcome'] }) => (
  <Tag colour={outcome === 'goes-on' ? 'green' : 'grey'}>{t(`committee.outcome.${outcome}`)}</Tag>
);

/** The same column where something may be closed: its place says so in the first one, and comes last however the list is sorted. */
const behind = (t: Translator, { by, cell, ...column }: Column<Standing>): Column<SeenStanding> => ({
  ...column,
  cell: (row) => {
    if (!isWalled(row)) return cell(row);
    return column.name === 'number' ? <Tag colour="orange">{t(`committee.walled.${row.walled}`)}</Tag> : '–';
  },
  ...(by && { by: (row: SeenStanding) => (isWalled(row) ? undefined : by(row)) }),
});

const formulaColumn = (t: Translator, { formula, values }: FormulaColumn): Column<Standing> => ({
  name: `formula-${formula.id}`,
  head: nameFor(t.locale, formula),
  cell: ({ number }) => valueText(t, values.get(number)),
  by: ({ number }) => comparable(values.get(number)),
  numeric: true,
});

const columnsOf = (
  t: Translator,
  {
    standings,
    adjustment,
    line,
    departed,
  }: Pick<SeenList, 'adjustment' | 'line'> & { standings: readonly Standing[]; departed: readonly string[] },
  file: RoundFile,
): Column<Standing>[] => {
  const points = (name: 'scoring' | 'interview' | 'total'): Column<Standing>[] =>
    numbers(t, standings, { name, head: inPercent(t(`committee.${name}`)) });
  return [
    {
      name: 'number',
      head: t('apply.numberName'),
      cell: ({ number }) => <span class="whole">{number}</span>,
      by: ({ number }) => number,
    },
    ...numbers(t, standings, { name: 'rank', head: t('committee.rank'), leastFirst: true }),
    // What raters came to both ways says more than the total of the stage twice.
    ...(adjustment ? ratedColumns(t) : points('scoring')),
    ...points('interview'),
    ...points('total'),
    ...(standings.some(({ vacancy }) => vacancy !== undefined)
      ? [
          {
            name: 'vacancy',
            head: t('committee.vacancy'),
            cell: ({ vacancy }: Standing) => vacancy ?? '–',
            by: ({ vacancy }: Standing) => vacancy,
          },
        ]
      : []),
    {
      name: 'outcome',
      head: t('committee.outcome'),
      cell: (one) => (
        <>
          <Outcome t={t} outcome={one.outcome} />
          <NearTag t={t} line={line} of={one} />
        </>
      ),
      by: ({ outcome }) => outcome,
    },
    {
      name: 'reasons',
      head: t('committee.reasons'),
      cell: (one) => {
        const { number, reasons } = one;
        // Whom the committee lets go on has no reason of their own in the list.
        const codes = reasons.length === 0 && departed.includes(number) ? ['departure'] : reasons;
        return codes.length === 0 ? (
          ''
        ) : (
          <span class="sentences">{codes.map((code) => reasonText(t, code, file, one)).join('; ')}</span>
        );
      },
    },
  ];
};

/** A column of numbers, where the list has any. */
const numbers = (
  t: Translator,
  standings: readonly Standing[],
  {
    name,
    ...column
  }: Pick<Column<Standing>, 'head' | 'leastFirst'> & { name: 'rank' | 'scoring' | 'interview' | 'total' },
): Column<Standing>[] =>
  standings.some((standing) => standing[name] !== undefined)
    ? [
        {
          ...column,
          name,
          cell: (one) => (one[name] === undefined ? '–' : t.number(one[name])),
          by: (one) => one[name],
          numeric: true,
        },
      ]
    : [];
