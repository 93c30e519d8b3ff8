import type { ChangedItem, Granted } from '#shared/domain/claim.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Corrects } from '#shared/replay/correction.ts';

/** What a correction is about, in words; a criterion that the sheets do not have is called by its code. */
export const correctsText = (t: Translator, corrects: Corrects, criteria: readonly Titled[]): string => {
  switch (corrects.kind) {
    case 'as-recorded':
      return t('corrections.what.as-recorded');
    case 'rows-shifted':
    case 'rater-left-out':
      return t(`corrections.what.${corrects.kind}`, { ...corrects, part: t(`committee.${corrects.part}`) });
    case 'criterion': {
      const { part, number, criterion: code, points, rater } = corrects;
      const criterion = [titleOf(t, code, criteria), ...(rater ? [rater] : [])].join(', ');
      const about = { part: t(`committee.${part}`), number, criterion, points: t.number(points) };
      return t('corrections.what.criterion', about);
    }
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

type Titled = Pick<RubricCriterion, 'code' | 'title'>;

const titleOf = (t: Translator, code: string, criteria: readonly Titled[]): string =>
  criteria.find((one) => one.code === code)?.title[t.locale] ?? code;

/** Points that a claim changed, each with what it was; a rater by the code that lists have, where `codeOf` knows it. */
export const itemsText = (
  t: Translator,
  items: readonly ChangedItem[],
  criteria: readonly Titled[],
  codeOf: (rater: PersonId) => string | undefined = () => undefined,
): string =>
  items
    .map(({ raterId, was, points, ...item }) => {
      const rater = raterId && codeOf(raterId);
      return `${itemName(t, { ...item, rater }, criteria)}: ${t.number(was)} → ${t.number(points)}`;
    })
    .join('; ');

/** Which of them that is; the rater by a code. */
export const itemName = (
  t: Translator,
  { part, criterion, rater }: Pick<ChangedItem, 'part' | 'criterion'> & { rater?: string | undefined },
  criteria: readonly Titled[],
): string => [titleOf(t, criterion, criteria), t(`committee.${part}`), ...(rater ? [rater] : [])].join(', ');

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
