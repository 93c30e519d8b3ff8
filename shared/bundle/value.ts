import type { Part } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { adjustedMean, type Given } from '#shared/domain/adjusted-mean.ts';
import { importedCriteria, totalWith } from '#shared/domain/rubric.ts';

/** What a part is counted by: its criteria and, where adjusted scores count, what is taken away from each rater's. */
export type Counting = {
  criteria: RoundRules['rubric']['criteria'];
  severities?: ReadonlyMap<string, number>;
};

/** Whether a part follows from its ratings, of which there are some, and from the marks of another organisation. */
export const isValueOf = (
  { value, marks = {} }: Part,
  ratings: readonly Given[],
  { criteria, severities = new Map() }: Counting,
): boolean => {
  const isWhole = importedCriteria(criteria).every(({ code }) => marks[code] !== undefined);
  return isWhole && value === totalWith(criteria, adjustedMean(ratings, severities), marks);
};
