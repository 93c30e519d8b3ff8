import type { OwnResult } from '#functions/commands/results.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import type { RatedScores } from '#shared/domain/severity-rule.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Fact, Facts } from '../parts.tsx';

type Props = { t: Translator; result: OwnResult };

/** What was taken away from the own scores, or added, because of who gave them, and why; nothing where the round has no adjusting. */
export const OwnSeverity = ({ t, result: { adjustment, file } }: Props) => {
  if (!adjustment) return null;
  const { counts, rated } = adjustment;
  const hasMarks = importedCriteria(file.rubric.criteria).length > 0;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('severity.own')}</h2>
      <p>{t('severity.own.why')}</p>
      <p>{counts === 'raw' ? t('severity.own.raw') : changeText(t, rated)}</p>
      {hasMarks && <p>{t('severity.own.marks')}</p>}
      <Facts
        facts={[
          percent(t, t('severity.raw'), rated.raw),
          percent(t, t('severity.adjusted'), rated.adjusted),
          { name: t('severity.error'), value: `± ${t.number(rated.error)}` },
          { name: t('severity.counts'), value: t(`severity.counts.${counts}`) },
        ]}
      />
    </section>
  );
};

const percent = (t: Translator, name: string, value: number): Fact => ({
  name,
  value: t('results.percent', { value: t.number(value) }),
});

const changeText = (t: Translator, { raw, adjusted }: RatedScores): string => {
  // Both have four decimals, and so has what they differ by.
  const change = Math.round((adjusted - raw) * 10_000) / 10_000;
  if (change === 0) return t('severity.own.same');
  return t(change > 0 ? 'severity.own.added' : 'severity.own.taken', { points: t.number(Math.abs(change)) });
};
