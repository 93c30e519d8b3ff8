import type * as z from 'zod';
import { type InterviewCriterion } from '#shared/domain/criterion.ts';
import { PracticeRule } from '#shared/domain/practice-rule.ts';
import { RoundFile } from '#shared/domain/round-file.ts';

/**
 * A round file as anyone may read it: without the texts that raters practise on, which hold the reference points, and without the
 * questions of the interview, which everybody should hear unprepared.
 */
export const PublicRoundFile = RoundFile.extend({ practice: PracticeRule.omit({ texts: true }).optional() });
type PublicRoundFile = z.infer<typeof PublicRoundFile>;

export const publicFileOf = ({ practice, interviews, ...file }: RoundFile): PublicRoundFile => {
  const criteria = interviews.criteria.map(withoutQuestions);
  const open = { ...file, interviews: { ...interviews, criteria } };
  if (!practice) return open;
  const { texts: _, ...rule } = practice;
  return { ...open, practice: rule };
};

const withoutQuestions = ({ questions: _questions, ...criterion }: InterviewCriterion): InterviewCriterion =>
  criterion;
