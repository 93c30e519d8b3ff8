import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { PracticeText } from '#shared/domain/practice-rule.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';

/** Practice has texts enough that no try shows one again, and each text's reference is a scorecard of this rubric. */
export const practiceRules = ({ practice, rubric }: Readable): Broken[] => {
  if (!practice) return [];
  const { texts, perTry, tries } = practice;
  const needed = perTry * tries;
  const criteria = ratedCriteria(rubric?.criteria ?? []);
  return [
    ...(texts.length < needed
      ? [{ path: ['practice', 'texts'], message: 'round-file.practice-texts', facts: { needed } }]
      : []),
    ...(rubric ? texts.flatMap((text, index) => referenceRules(text, index, criteria)) : []),
  ];
};

const referenceRules = (
  { points, reasons = {} }: PracticeText,
  index: number,
  criteria: readonly RubricCriterion[],
): Broken[] => {
  const at = ['practice', 'texts', index];
  const known = new Set(criteria.map(({ code }) => code));
  const stray = (name: 'points' | 'reasons', codes: readonly string[]): Broken[] =>
    codes.flatMap((code) =>
      known.has(code)
        ? []
        : [{ path: [...at, name, code], message: 'round-file.unknown-criterion', facts: { code } }],
    );
  return [
    ...criteria.flatMap(({ code, scale }) =>
      scale.some((step) => step.points === points[code])
        ? []
        : [{ path: [...at, 'points'], message: 'round-file.practice-points', facts: { code } }],
    ),
    ...stray('points', Object.keys(points)),
    ...stray('reasons', Object.keys(reasons)),
  ];
};
