import { interviewPart, type Minimum } from '#shared/domain/minimum.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';
import { endsOf } from '#shared/domain/rubric.ts';

/** A minimum is of the interview or of a criterion that another organisation marks, and stops somebody without stopping everybody. */
export const minimumRules = ({ minimums = [], rubric }: Readable): Broken[] =>
  minimums.flatMap((minimum, index): Broken[] => {
    const path = ['minimums', index];
    const scale = rubric ? scaleOf(minimum, rubric.criteria) : undefined;
    if (!scale) return [];
    if ('message' in scale)
      return [{ path: [...path, 'code'], message: scale.message, facts: { code: minimum.code } }];
    const isOnScale = minimum.atLeast > scale.least && minimum.atLeast <= scale.most;
    return isOnScale
      ? []
      : [{ path: [...path, 'atLeast'], message: 'round-file.minimum-off-scale', facts: scale }];
  });

/** Between what a part lies, or why it has no minimum. */
const scaleOf = (
  { code }: Minimum,
  criteria: RoundFile['rubric']['criteria'],
): { least: number; most: number } | { message: string } => {
  if (code === interviewPart) return { least: 0, most: 100 };
  const criterion = criteria.find((one) => one.code === code);
  if (!criterion) return { message: 'round-file.unknown-code' };
  return criterion.markedBy === 'import' ? endsOf(criterion) : { message: 'round-file.minimum-rated' };
};
