import { certainWithin } from '#shared/domain/score-interval.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Fact } from '../parts.tsx';

/** How far chance may have moved the points and the rank; nothing where the ratings do not tell it. */
export const spreadOf = (t: Translator, { scoring, spread }: Standing): Fact[] => {
  if (!spread || scoring === undefined) return [];
  const { from, to } = certainWithin(scoring, spread.error);
  const [best, worst] = spread.ranks;
  const facts = { from: t.number(from), to: t.number(to), error: t.number(spread.error) };
  return [
    { name: t('results.spread'), value: t('results.spread.points', facts) },
    {
      name: t('results.spread.rank'),
      value: best === worst ? t.number(best) : t('results.spread.ranks', { best, worst }),
    },
  ];
};
