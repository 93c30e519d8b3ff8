import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Table, Tag } from '../parts.tsx';
import type { Column } from '../sorted-table.tsx';

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
      rows={checks.map(({ check, passed, found, bound }) => [
        t(`severity.check.${check}`),
        t.number(found),
        t(check === 'reliability' ? 'severity.least' : 'severity.most', { bound: t.number(bound) }),
        <Tag colour={passed ? 'green' : 'orange'}>{t(passed ? 'severity.passed' : 'severity.failed')}</Tag>,
      ])}
    />
  </>
);

/** What raters came to as they gave it, adjusted, and how sure the latter is; no column where the round has no adjusting. */
export const ratedColumns = (t: Translator, standings: readonly Standing[]): Column<Standing>[] =>
  standings.some(({ rated }) => rated)
    ? (['raw', 'adjusted', 'error'] as const).map((name) => ({
        name,
        head: t(`severity.${name}`),
        cell: ({ rated }) => (rated ? t.number(rated[name]) : '–'),
        by: ({ rated }) => rated?.[name],
        numeric: true,
      }))
    : [];
