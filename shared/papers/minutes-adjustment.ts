import { bandsOf } from '#shared/analysis/icc.ts';
import type { MinutesGate } from './minutes.ts';
import type { PaperFact } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** Which scores made totals and ranks, why, and what each check found; nothing where the round has no adjusting. */
export const adjustmentFacts = ({ adjustment }: MinutesGate, t: PaperTranslator): PaperFact[] => {
  if (!adjustment) return [];
  const { counts, checks } = adjustment;
  const lines = checks.map(({ check, passed, found, unknown, interval, bound }) => {
    const limit = t(check === 'reliability' ? 'severity.least' : 'severity.most', { bound: t.number(bound) });
    const result = t(passed ? 'severity.passed' : 'severity.failed');
    return `${t(`severity.check.${check}`)}: ${unknown ? t('severity.unknown') : foundText(t, found, interval)} (${limit}) – ${result}`;
  });
  return [
    {
      name: t('severity.counts'),
      value: `${t(`severity.counts.${counts}`)}. ${t(`severity.text.${counts}`)}`,
    },
    { name: t('severity.checks'), value: lines.join('\n') },
  ];
};

const foundText = (
  t: PaperTranslator,
  found: number,
  interval: readonly [low: number, high: number] | undefined,
): string =>
  interval
    ? t('severity.interval', {
        value: t.number(found),
        low: t.number(interval[0]),
        high: t.number(interval[1]),
        words: bandsOf(found, interval)
          .map((band) => t(`charts.band.${band}`))
          .join(' – '),
      })
    : t.number(found);
