import type * as z from 'zod';
import { PracticeRule } from '#shared/domain/practice-rule.ts';
import { RoundFile } from '#shared/domain/round-file.ts';

/** A round file as anyone may read it while raters practise: without their texts, which hold the reference points. */
export const PublicRoundFile = RoundFile.extend({ practice: PracticeRule.omit({ texts: true }).optional() });
type PublicRoundFile = z.infer<typeof PublicRoundFile>;

export const publicFileOf = ({ practice, ...file }: RoundFile): PublicRoundFile => {
  if (!practice) return file;
  const { texts: _, ...rule } = practice;
  return { ...file, practice: rule };
};
