import { isLinked, type ScoreCharts, type Spread } from '#functions/commands/score-charts.ts';
import type { Report } from '#shared/analysis/report.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import { type Column, SortedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { Histogram, Range } from './drawings.tsx';

/*
 * The tables beside the drawings, each sorted as its reader wants.
 */

export type ChartsProps = { view: View; charts: ScoreCharts };

/** To the hundredth; a dash for what cannot be told. */
export const shown = (t: Translator, value: number | null): string =>
  value === null ? '–' : t.number(Math.round(value * 100) / 100);

export const Raters = ({ view, charts }: ChartsProps) => {
  const { t } = view;
  const { place, raters, report } = charts;
  const known = new Map((report?.raters ?? []).map((one) => [one.id, one]));
  const severity = {
    name: 'severity',
    head: t('charts.severity'),
    cell: ({ rater }: ScoreCharts['raters'][number]) => {
      const one = known.get(rater);
      return one ? `${shown(t, one.severity)} ± ${shown(t, 1.96 * one.se)}` : '–';
    },
    by: ({ rater }: ScoreCharts['raters'][number]) => known.get(rater)?.severity,
    numeric: true,
  };
  return (
    <SortedTable
      view={view}
      at={paths.charts(t.locale, place.round.id)}
      name="raters"
      caption={t('charts.raters')}
      initial={{ column: 'code', down: false }}
      columns={[
        {
          name: 'code',
          head: t('scoring.rater'),
          cell: ({ rater }) => rater,
          by: ({ rater }) => Number(rater.slice(1)),
        },
        ...spreadColumns<ScoreCharts['raters'][number]>(t),
        ...(isLinked(charts) ? [severity] : []),
        {
          name: 'sd',
          head: t('charts.sd'),
          cell: ({ rater }) => shown(t, known.get(rater)?.sd ?? null),
          by: ({ rater }) => known.get(rater)?.sd ?? undefined,
          numeric: true,
        },
        {
          name: 'sdRatio',
          head: t('charts.sdRatio'),
          cell: ({ rater }) => shown(t, known.get(rater)?.sdRatio ?? null),
          by: ({ rater }) => known.get(rater)?.sdRatio ?? undefined,
          numeric: true,
          leastFirst: true,
        },
        {
          name: 'drawing',
          head: t('charts.drawing'),
          cell: ({ rater, spread }) => (
            <Histogram spread={spread} title={`${rater}: ${spread.tenths.join(', ')}`} />
          ),
        },
      ]}
      rows={raters}
    />
  );
};

export const Criteria = ({ view, charts: { place, criteria } }: ChartsProps) => {
  const { t } = view;
  return (
    <SortedTable
      view={view}
      at={paths.charts(t.locale, place.round.id)}
      name="criteria"
      caption={t('charts.criteria')}
      columns={[
        {
          name: 'criterion',
          head: t('marks.criterion'),
          cell: ({ criterion }) => textIn(t, criterion.title),
          by: ({ criterion }) => textIn(t, criterion.title),
        },
        ...spreadColumns<ScoreCharts['criteria'][number]>(t),
        {
          name: 'drawing',
          head: t('charts.drawing'),
          cell: ({ criterion, spread }) => (
            <Histogram spread={spread} title={`${textIn(t, criterion.title)}: ${spread.tenths.join(', ')}`} />
          ),
        },
      ]}
      rows={criteria}
    />
  );
};

/** How many values there are, and their mean. */
const spreadColumns = <Row extends { spread: Spread }>(t: Translator): Column<Row>[] => [
  {
    name: 'count',
    head: t('charts.scores'),
    cell: ({ spread }) => t.number(spread.count),
    by: ({ spread }) => spread.count,
    numeric: true,
  },
  {
    name: 'mean',
    head: t('charts.mean'),
    cell: ({ spread }) => shown(t, meanIn(spread)),
    by: ({ spread }) => meanIn(spread) ?? undefined,
    numeric: true,
  },
];

const meanIn = ({ count, mean }: Spread): number | null => (count === 0 ? null : mean);

type Placed = Report['applications'][number];

export const Ranks = ({ view, charts, report }: ChartsProps & { report: Report }) => {
  const { t } = view;
  const { place } = charts;
  return (
    <section>
      <SortedTable
        view={view}
        at={paths.charts(t.locale, place.round.id)}
        name="ranks"
        caption={t('charts.ranks')}
        initial={{ column: 'adjusted', down: true }}
        columns={rankColumns(t, report.applications.length)}
        rows={report.applications}
      />
      <p>{t(countedText(charts))}</p>
    </section>
  );
};

const countedText = ({ part, place, adjustment }: ScoreCharts): MessageKey => {
  if (part === 'interviews') return 'charts.ranks.interviews';
  return place.file.raters.severityAdjustment
    ? `severity.charts.${adjustment?.counts ?? 'open'}`
    : 'charts.ranks.text';
};

const rankColumns = (t: Translator, count: number): Column<Placed>[] => [
  {
    name: 'number',
    head: t('screening.number'),
    cell: ({ id }) => <span class="whole">{id}</span>,
    by: ({ id }) => id,
  },
  {
    name: 'mean',
    head: t('charts.mean'),
    cell: ({ raw }) => shown(t, raw),
    by: ({ raw }) => raw,
    numeric: true,
  },
  {
    name: 'adjusted',
    head: t('charts.adjusted'),
    cell: ({ adjusted, se }) => `${shown(t, adjusted)} ± ${shown(t, 1.96 * se)}`,
    by: ({ adjusted }) => adjusted,
    numeric: true,
  },
  {
    name: 'ranks',
    head: t('charts.rankInterval'),
    cell: ({ rankInterval: [best, worst] }) => (best === worst ? String(best) : `${best}–${worst}`),
    by: ({ rankInterval: [best] }) => best,
  },
  {
    name: 'possible',
    head: t('charts.rankCount'),
    cell: (one) => t.number(possibleOf(one)),
    by: possibleOf,
    numeric: true,
  },
  {
    name: 'drawing',
    head: t('charts.drawing'),
    cell: ({ id, rankInterval: [best, worst] }) => (
      <Range
        value={(best + worst) / 2}
        low={best}
        high={worst}
        ends={[1, count]}
        title={`${id}: ${best}–${worst}`}
      />
    ),
  },
];

const possibleOf = ({ rankInterval: [best, worst] }: Placed): number => worst - best + 1;
