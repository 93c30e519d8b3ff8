import type { IncentiveRule, Worth } from '#shared/domain/incentive-rule.ts';
import { type Confidence, leastSure } from '#shared/domain/provenance.ts';
import { type Figure, type FigureName, figureOn } from '#shared/domain/state-figures.ts';
import type { Incentive } from '#shared/domain/vacancy.ts';

/** In whole tenge. `unknown` says that nothing names a worth, or that a figure of the state is not known for the day. */
export type Amount =
  | { kind: 'tenge'; from: number; to?: number | undefined }
  /** For each 1.0 of the person's pay coefficient, at a full load: no source that could be read has the coefficients. */
  | { kind: 'per-coefficient'; tenge: number }
  | { kind: 'in-kind' }
  | { kind: 'unknown'; because: 'no-rule' | 'no-figure' };

export type Valued = {
  rule: IncentiveRule;
  amount: Amount;
  /** The figures of the state that the amount was computed with. */
  figures: Figure[];
  /** Of the amount: no surer than its rule and its figures. */
  confidence: Confidence;
};

export type Support = {
  incentive: Incentive;
  amount: Amount;
  /** What grants it; undefined where no rule is known. */
  granted: Valued | undefined;
  /** Figures that were named for it, which promise nothing. */
  examples: Valued[];
};

/**
 * What incentives are worth on a day, each with the rule behind it.
 * @param day YYYY-MM-DD: the figures of that day count
 */
export const supportOf = (
  incentives: readonly Incentive[],
  rules: readonly IncentiveRule[],
  day: string,
): Support[] =>
  incentives.map((incentive) => {
    const about = rules.filter(({ of }) => of.includes(incentive)).map((rule) => valued(rule, day));
    const granted = about.find(({ rule }) => rule.standing === 'rule');
    return {
      incentive,
      amount: granted?.amount ?? { kind: 'unknown', because: 'no-rule' },
      granted,
      examples: about.filter(({ rule }) => rule.standing === 'example'),
    };
  });

const valued = (rule: IncentiveRule, day: string): Valued => {
  const known = needed(rule.worth).map((name) => figureOn(name, day));
  const figures = known.filter((figure) => figure !== undefined);
  const amount: Amount =
    figures.length < known.length
      ? { kind: 'unknown', because: 'no-figure' }
      : amountOf(
          rule.worth,
          figures.map(({ value }) => value),
        );
  return { rule, amount, figures, confidence: leastSure([rule, ...figures]) };
};

const needed = ({ unit }: Worth): FigureName[] => {
  if (unit === 'mci') return ['mci'];
  return unit === 'official-salary' ? ['base-salary', 'teacher-factor'] : [];
};

const amountOf = (worth: Worth, figures: readonly number[]): Amount => {
  const product = figures.reduce((all, value) => all * value, 1);
  switch (worth.unit) {
    case 'tenge':
      return { kind: 'tenge', from: worth.from, to: worth.to };
    case 'mci':
      return { kind: 'tenge', from: Math.round(product * worth.times) };
    case 'official-salary':
      return { kind: 'per-coefficient', tenge: Math.round((product * worth.percent) / 100) };
    case 'in-kind':
      return { kind: 'in-kind' };
    default:
      return worth satisfies never;
  }
};
