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
      rows={checks.map(({ check, passed, found, unknown, bound }) => [
        t(`severity.check.${check}`),
        unknown ? t('severity.unknown') : t.number(found),
        t(check === 'reliability' ? 'severity.least' : 'severity.most', { bound: t.number(bound) }),
        <Tag colour={passed ? 'green' : 'orange'}>{t(passed ? 'severity.passed' : 'severity.failed')}</Tag>,
      ])}
    />
  </>
);

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
