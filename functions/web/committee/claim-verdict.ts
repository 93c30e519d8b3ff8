import type { SaidVerdict } from '#functions/commands/claim-items.ts';
import { itemsIn } from '#functions/http/claim-items.ts';
import { one, type Typed } from '../form.ts';

/** How the form decides a claim; undefined where nothing was chosen. Whatever was typed counts, so that nothing of it is left aside unseen. */
export const verdictIn = (typed: Typed): SaidVerdict | undefined => {
  const verdict = one(typed, 'verdict');
  if (verdict === 'rejected') return { verdict };
  if (verdict !== 'items' && verdict !== 'upheld' && verdict !== 'owed') return undefined;
  const [scoring, interview] = ['scoring', 'interview'].map((part) => percentIn(one(typed, part)));
  const items = itemsOf(typed);
  return {
    verdict: 'upheld',
    corrected: {
      ...(scoring !== undefined && { scoring }),
      ...(interview !== undefined && { interview }),
      ...(verdict === 'owed' && { interviewOwed: true as const }),
    },
    ...(items.length > 0 && { items }),
  };
};

/** Points that the form changes. */
export const itemsOf = (typed: Typed) =>
  itemsIn(Object.fromEntries(Object.keys(typed).map((name) => [name, one(typed, name)])));

/** What is no number is -1 here, which no total can be. */
const percentIn = (text: string): number | undefined => {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return undefined;
  return /^\d{1,3}(\.\d+)?$/.test(typed) ? Number(typed) : -1;
};
