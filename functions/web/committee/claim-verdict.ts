import type { ClaimVerdict } from '#shared/domain/claim-decisions.ts';
import { one, type Typed } from '../form.ts';

/** How the form decides a claim; undefined where nothing was chosen. */
export const verdictIn = (typed: Typed): ClaimVerdict | undefined => {
  const verdict = one(typed, 'verdict');
  if (verdict === 'rejected') return { verdict };
  if (verdict !== 'upheld' && verdict !== 'owed') return undefined;
  const [scoring, interview] = ['scoring', 'interview'].map((part) => percentIn(one(typed, part)));
  return {
    verdict: 'upheld',
    corrected: {
      ...(scoring !== undefined && { scoring }),
      ...(interview !== undefined && { interview }),
      ...(verdict === 'owed' && { interviewOwed: true as const }),
    },
  };
};

/** What is no number is -1 here, which no total can be. */
const percentIn = (text: string): number | undefined => {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return undefined;
  return /^\d{1,3}(\.\d+)?$/.test(typed) ? Number(typed) : -1;
};
