import type { Score } from '#shared/domain/candidacy.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { totalOf } from '#shared/domain/rubric.ts';
import { stationsOf } from '#shared/domain/station.ts';
import { at } from '#test/builders/worlds.ts';

export const named = (head: string, index: number): string =>
  // Behind five digits no zero follows at once: 1059 and 10590 are two people.
  `${head}${String(index).padStart(4, '0')}${index < 10_000 ? '' : 'X'}`.padEnd(20, '0');

const pointsAt = (criteria: readonly RubricCriterion[], level: number): Record<string, number> =>
  Object.fromEntries(
    criteria.map(({ code, scale }) => [code, scale[Math.min(level, scale.length - 1)]?.points ?? 0]),
  );

export const scoreOf = (
  rater: number,
  criteria: readonly RubricCriterion[],
  level: number,
  station?: string,
): Score => {
  const points = pointsAt(criteria, level);
  const raterId = PersonId.parse(named('RATER', rater));
  const total = totalOf(criteria, points);
  return { raterId, ...(station && { station }), points, total, at: at('2022-10-10T04:00') };
};

/** Two interviewers at each station; the second one saw a little more at the last. */
export const scorecardsOf = (rules: RoundFile, level: number): Score[] =>
  stationsOf(rules.interviews).flatMap(({ code, criteria }, index) => [
    scoreOf(3, criteria, level, code),
    scoreOf(4, criteria, level + index, code),
  ]);
