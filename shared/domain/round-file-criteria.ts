import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { Broken } from '#shared/domain/round-file-rules.ts';

/** What never enters the total weighs nothing, and nothing else does; a mark from outside is there to be counted. */
export const independenceRules = (
  criteria: readonly RubricCriterion[] | undefined,
  at: readonly string[],
): Broken[] =>
  (criteria ?? []).flatMap((criterion, index) =>
    [weightRule(criterion, [...at, index, 'weight']), markRule(criterion, [...at, index, 'markedBy'])].flat(),
  );

const weightRule = ({ weight, independent }: RubricCriterion, path: Broken['path']): Broken[] =>
  (weight === 0) === (independent === true) ? [] : [{ path, message: 'round-file.independent-weight' }];

const markRule = ({ independent, markedBy }: RubricCriterion, path: Broken['path']): Broken[] =>
  independent && markedBy ? [{ path, message: 'round-file.independent-mark' }] : [];
