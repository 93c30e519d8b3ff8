import type { Granted } from '#shared/domain/claim.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Corrects } from '#shared/replay/correction.ts';

/** What a correction is about, in words; a criterion that the sheets do not have is called by its code. */
export const correctsText = (
  t: Translator,
  corrects: Corrects,
  criteria: readonly Pick<RubricCriterion, 'code' | 'title'>[],
): string => {
  switch (corrects.kind) {
    case 'as-recorded':
      return t('corrections.what.as-recorded');
    case 'rows-shifted':
    case 'rater-left-out':
      return t(`corrections.what.${corrects.kind}`, { ...corrects, part: t(`committee.${corrects.part}`) });
    case 'criterion':
      return t('corrections.what.criterion', {
        part: t(`committee.${corrects.part}`),
        number: corrects.number,
        criterion:
          criteria.find(({ code }) => code === corrects.criterion)?.title[t.locale] ?? corrects.criterion,
        points: t.number(corrects.points),
      });
    case 'marks-file':
      return t('corrections.what.marks-file', { number: corrects.import });
    case 'totals': {
      return t(corrects.owed ? 'corrections.what.owed' : 'corrections.what.totals', {
        number: corrects.number,
        totals: totalsText(t, corrects.corrected),
      });
    }
    case 'undo':
      return t('corrections.what.undo', { number: corrects.correction });
    default:
      return corrects satisfies never;
  }
};

/** Of both sheets that points are given by. */
export const criteriaOf = ({
  rubric,
  interviews,
}: Pick<RoundFile, 'rubric' | 'interviews'>): RubricCriterion[] => [
  ...rubric.criteria,
  ...interviews.criteria,
];

/** Corrected totals, those alone that are corrected, and that an interview is owed. */
export const totalsText = (t: Translator, corrected: Granted): string =>
  [
    ...(['scoring', 'interview'] as const).flatMap((part) => {
      const value = corrected[part];
      return value === undefined
        ? []
        : [`${t(`committee.${part}`)}: ${t('results.percent', { value: t.number(value) })}`];
    }),
    ...(corrected.interviewOwed ? [t('results.claim.interviewOwed')] : []),
  ].join('; ');
