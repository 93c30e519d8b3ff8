import { bandsOf } from '#shared/analysis/icc.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table, Tag } from '../parts.tsx';
import type { Column } from '../sorted-table.tsx';
import { inPercent } from '../words.ts';

type Props = { t: Translator; adjustment: SeverityAdjustment };

/** Which scores count, and what the checks found that say it. */
export const Adjustment = ({ t, adjustment: { counts, checks } }: Props) => (
  <>
    <p>
      {t('severity.counts')}: <strong>{t(`severity.counts.${counts}`)}</strong>
    </p>
    <p>{t(`severity.text.${counts}`)}</p>
    <Table
      caption={t('severity.checks')}
      head={[t('severity.check'), t('severity.found'), t('severity.bound'), t('severity.result')]}
      numeric={[1]}
      rows={checks.map(({ check, passed, found, unknown, interval, bound }) => [
        t(`severity.check.${check}`),
        unknown ? t('severity.unknown') : foundText(t, found, interval),
        t(check === 'reliability' ? 'severity.least' : 'severity.most', { bound: t.number(bound) }),
        <Tag colour={passed ? 'green' : 'orange'}>{t(passed ? 'severity.passed' : 'severity.failed')}</Tag>,
      ])}
    />
    {checks.some(({ interval }) => interval) && <p>{t('severity.interval.text')}</p>}
  </>
);

const foundText = (
  t: Translator,
  found: number,
  interval: readonly [low: number, high: number] | undefined,
): string => (interval ? intervalText(t, found, interval) : t.number(found));

/** A reliability with how sure it is, by the words of Koo and Li (2016) for what lies between the ends. */
const intervalText = (
  t: Translator,
  found: number,
  [low, high]: readonly [low: number, high: number],
): string =>
  t('severity.interval', {
    value: t.number(found),
    low: t.number(low),
    high: t.number(high),
    words: bandsOf(found, [low, high])
      .map((band) => t(`charts.band.${band}`))
      .join(' – '),
  });

/** What raters came to as they gave it, and adjusted with how sure that is. */
export const ratedColumns = (t: Translator): Column<Standing>[] => [
  {
    name: 'raw',
    head: inPercent(t('severity.raw.short')),
    cell: ({ rated }) => (rated ? t.number(rated.raw) : '–'),
    by: ({ rated }) => rated?.raw,
    numeric: true,
  },
  {
    name: 'adjusted',
    head: inPercent(t('severity.adjusted.error')),
    cell: ({ rated }) =>
      rated ? (
        <>
          {t.number(rated.adjusted)} <span class="whole">± {t.number(rated.error)}</span>
        </>
      ) : (
        '–'
      ),
    by: ({ rated }) => rated?.adjusted,
    numeric: true,
  },
];
