import type { MinutesGate } from './minutes.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Which scores made totals and ranks, why, and what each check found; nothing where the round has no adjusting. */
export const adjustmentFacts = ({ adjustment }: MinutesGate, t: PaperTranslator): PaperFact[] => {
  if (!adjustment) return [];
  const { counts, checks } = adjustment;
  const lines = checks.map(({ check, passed, found, unknown, bound }) => {
    const limit = t(check === 'reliability' ? 'severity.least' : 'severity.most', { bound: t.number(bound) });
    const result = t(passed ? 'severity.passed' : 'severity.failed');
    return `${t(`severity.check.${check}`)}: ${unknown ? t('severity.unknown') : t.number(found)} (${limit}) – ${result}`;
  });
  return [
    {
      name: t('severity.counts'),
      value: `${t(`severity.counts.${counts}`)}. ${t(`severity.text.${counts}`)}`,
    },
    { name: t('severity.checks'), value: lines.join('\n') },
  ];
};
