import type { InterviewCriterion } from '#shared/domain/criterion.ts';
import { dividedBy, exactly, type Fraction, plus, roundedPercent, times } from '#shared/domain/fraction.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Texts } from '#shared/domain/texts.ts';

/** A station of an interview. The only one of an interview without stations has neither code nor title. */
export type Station = {
  code: string | undefined;
  title: Texts | undefined;
  minutes: number;
  scorecards: number;
  criteria: readonly InterviewCriterion[];
};

/** The stations of an interview in their order; never none. */
export const stationsOf = ({ stations, criteria, minutes, scorecards }: InterviewRule): Station[] =>
  stations?.map((station) => ({
    ...station,
    criteria: criteria.filter(({ code }) => station.criteria.includes(code)),
  })) ?? [{ code: undefined, title: undefined, minutes, scorecards, criteria }];

/** The station where a criterion is scored; undefined where there is only one. */
export const stationOfCriterion = (
  stations: readonly { code: string; criteria: readonly string[] }[] | undefined,
  criterion: string,
): string | undefined => stations?.find(({ criteria }) => criteria.includes(criterion))?.code;

/** Of a rule what cards are weighed by. */
type Weighing = {
  criteria: readonly { code: string; weight: number }[];
  stations?: readonly { code: string; criteria: readonly string[] }[] | undefined;
};

/** Of a card what an interview comes to. */
type Counted = { station?: string | undefined; total: number };

/**
 * What cards come to in percent: their mean at each station, by what its criteria weigh. Without stations that is the mean of all. A
 * station without cards leaves its weight to the others.
 * @throws RangeError where there is no card
 */
export const interviewTotal = (cards: readonly Counted[], rule: Weighing): number => {
  const judged = weightsOf(rule).flatMap(({ code, weight }) => {
    const totals = cards.flatMap(({ station, total }) => (station === code ? [exactly(total)] : []));
    return totals.length === 0 ? [] : [{ weight: exactly(weight), mean: meanOf(totals) }];
  });
  const weight = judged.map((one) => one.weight).reduce(plus, exactly(0));
  const sum = judged.map((one) => times(one.weight, one.mean)).reduce(plus, exactly(0));
  return roundedPercent(dividedBy(sum, weight));
};

/** Whether each station has a card. */
export const isRatedWhole = (cards: readonly Pick<Counted, 'station'>[], rule: Weighing): boolean =>
  weightsOf(rule).every(({ code }) => cards.some(({ station }) => station === code));

const weightsOf = ({ criteria, stations }: Weighing): { code: string | undefined; weight: number }[] => {
  const weightOf = (codes: readonly string[]): number =>
    criteria.reduce((sum, { code, weight }) => sum + (codes.includes(code) ? weight : 0), 0);
  return (
    stations?.map(({ code, criteria: own }) => ({ code, weight: weightOf(own) })) ?? [
      { code: undefined, weight: weightOf(criteria.map(({ code }) => code)) },
    ]
  );
};

const meanOf = (totals: readonly Fraction[]): Fraction =>
  dividedBy(totals.reduce(plus, exactly(0)), exactly(totals.length));
