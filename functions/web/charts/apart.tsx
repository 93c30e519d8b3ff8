import type { ScoreCharts } from '#functions/commands/score-charts.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { paths } from '../paths.ts';
import { type Column, SortedTable } from '../sorted-table.tsx';
import { Range } from './drawings.tsx';
import { type ChartsProps, shown } from './tables.tsx';

type One = ScoreCharts['apart'][number];

/** How far the scores of each application lie apart: the widest first, since those are talked about. */
export const Apart = ({ view, charts: { place, part, apart } }: ChartsProps) => {
  const { t } = view;
  const widest = apart.toSorted(
    (a, b) => b.dispersion.range - a.dispersion.range || (a.number < b.number ? -1 : 1),
  );
  return (
    <section>
      <SortedTable
        view={view}
        at={paths.charts(t.locale, place.round.id)}
        name="apart"
        caption={t('charts.apart')}
        initial={{ column: 'range', down: true }}
        columns={apartColumns(t).filter(({ name }) => part === 'scoring' || name !== 'further')}
        rows={widest}
      />
      <p>
        {t(part === 'scoring' ? 'charts.apart.text' : 'charts.apart.interviews', {
          percent: t.number(place.file.raters.adjustmentGate.apartPercent),
        })}
      </p>
    </section>
  );
};

const apartColumns = (t: Translator): Column<One>[] => [
  {
    name: 'number',
    head: t('screening.number'),
    cell: ({ number }) => <span class="whole">{number}</span>,
    by: ({ number }) => number,
  },
  {
    name: 'scores',
    head: t('charts.scores'),
    cell: ({ dispersion }) => t.number(dispersion.ratings),
    by: ({ dispersion }) => dispersion.ratings,
    numeric: true,
  },
  {
    name: 'range',
    head: t('charts.range'),
    cell: ({ dispersion, isTooFar }) =>
      isTooFar ? <strong>{shown(t, dispersion.range)}</strong> : shown(t, dispersion.range),
    by: ({ dispersion }) => dispersion.range,
    numeric: true,
  },
  {
    name: 'sd',
    head: t('charts.sd'),
    cell: ({ dispersion }) => shown(t, dispersion.standardDeviation ?? null),
    by: ({ dispersion }) => dispersion.standardDeviation,
    numeric: true,
  },
  {
    name: 'further',
    head: t('charts.further'),
    cell: ({ isTooFar }) => t(isTooFar ? 'common.yes' : 'common.no'),
    by: ({ isTooFar }) => Number(isTooFar),
  },
  {
    name: 'drawing',
    head: t('charts.drawing'),
    cell: ({ number, dispersion: { lowest, highest } }) => (
      <Range
        value={(lowest + highest) / 2}
        low={lowest}
        high={highest}
        ends={[0, 100]}
        title={`${number}: ${shown(t, lowest)}–${shown(t, highest)}`}
      />
    ),
  },
];
