import type { Part } from '#shared/bundle/format.ts';
import type { PartRules } from '#shared/bundle/rules.ts';
import { adjustedMean, type Given } from '#shared/domain/adjusted-mean.ts';
import { importedCriteria, totalWith } from '#shared/domain/rubric.ts';
import { interviewTotal, isRatedWhole } from '#shared/domain/station.ts';

/** What a part is counted by: its criteria and stations and, where adjusted scores count, what is taken away from each rater's. */
export type Counting = PartRules & { severities?: ReadonlyMap<string, number> };

/** Whether a part follows from its ratings, of which there are some at each station, and from the marks of another organisation. */
export const isValueOf = (
  { value, marks = {} }: Part,
  ratings: readonly (Given & { station?: string | undefined })[],
  { severities = new Map(), ...rules }: Counting,
): boolean => {
  const isWhole = importedCriteria(rules.criteria).every(({ code }) => marks[code] !== undefined);
  if (!isWhole || !isRatedWhole(ratings, rules)) return false;
  const rated = rules.stations ? interviewTotal(ratings, rules) : adjustedMean(ratings, severities);
  return value === totalWith(rules.criteria, rated, marks);
};
