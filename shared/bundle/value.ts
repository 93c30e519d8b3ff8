import type { Part } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import { importedCriteria, totalWith } from '#shared/domain/rubric.ts';

/** Whether a part follows from its ratings, of which there are some, and from the marks of another organisation. */
export const isValueOf = (
  { value, marks = {} }: Part,
  ratings: readonly { total: number }[],
  criteria: RoundRules['rubric']['criteria'],
): boolean => {
  const isWhole = importedCriteria(criteria).every(({ code }) => marks[code] !== undefined);
  return isWhole && value === totalWith(criteria, meanOf(ratings.map(({ total }) => total)), marks);
};
