import type { Rating } from '#shared/analysis/ratings.ts';
import { type Severities, severitiesOf } from '#shared/analysis/severities.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import type { Adjustment, Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';

/** What is taken away from the totals of each rater; nothing where scores count as they were given. */
export const severitiesIn = ({ adjustment }: Statement): ReadonlyMap<string, number> =>
  new Map(
    adjustment?.counts === 'adjusted'
      ? (adjustment.severities ?? []).map(({ rater, severity }) => [rater, severity])
      : [],
  );

/**
 * Whether scores were adjusted as the round file says: severities and diagnostics are computed anew from the ratings in the statement,
 * and which scores count follows from them.
 */
export const checkAdjustment = (statement: Statement, { raters }: RoundRules): Finding[] => {
  const { adjustment } = statement;
  if (!adjustment && !raters?.severityAdjustment) return [];
  const check = adjustment?.counts === 'raw' ? 'adjustment-raw' : 'adjustment';
  const ratings = ratingsIn(statement);
  if (!adjustment || !raters?.severityAdjustment || isTwice(ratings)) return [{ check, holds: false }];
  const found = severitiesOf(ratings);
  const isRule = (adjustment.counts === 'adjusted') === adjustment.checks.every(({ passed }) => passed);
  const holds = isRule && areChecks(adjustment, found) && areSeverities(adjustment, found);
  const uncounted = { corrected: 0, hidden: adjustment.apart.length };
  return [{ check, holds, count: found.severity.size, uncounted }];
};

/** Every rating that the decision rests on; those that no row shows as differences. Who shares the code R0 stays apart. */
const ratingsIn = ({ rows, adjustment }: Statement): Rating[] => {
  const given = [
    ...rows.map(({ number, scoring }) => ({
      application: `row ${number}`,
      ratings: (scoring?.ratings ?? []).map(({ rater, total: score }) => ({ rater, score })),
    })),
    ...(adjustment?.apart ?? []).map((ratings, place) => ({
      application: `apart ${place}`,
      ratings: ratings.map(({ rater, difference: score }) => ({ rater, score })),
    })),
  ];
  return given.flatMap(({ application, ratings }) =>
    ratings.map(({ rater, score }, place) => ({
      application,
      rater: rater === 'R0' ? `R0 ${application} ${place}` : rater,
      score,
    })),
  );
};

const isTwice = (ratings: readonly Rating[]): boolean =>
  new Set(ratings.map(({ application, rater }) => `${application} by ${rater}`)).size < ratings.length;

/** Figures are rounded to four decimals; a sum in another order may end on the other side of a half. */
const oneUnit = 0.000_100_1;

/**
 * How reliable scores are hangs on how good applications are: where that of some is not shown, whether it was enough stands as it was
 * decided. So does how many scores came from raters who gave few: theirs are not among the differences that stand apart.
 */
const areChecks = ({ checks, apart }: Adjustment, found: Severities): boolean =>
  checks.length === found.checks.length &&
  found.checks.every((own, place) => {
    const given = checks[place];
    if (given?.check === 'ratings' && own.check === 'few') return given.passed;
    if (given?.check !== own.check || given.bound !== own.bound) return false;
    const isApart = apart.length > 0 && (own.check === 'reliability' || own.check === 'few');
    if (isApart) return isKept(given);
    if (given.found === undefined || Math.abs(given.found - own.found) > oneUnit) return false;
    return own.check === 'reliability' ? isKept(given) : given.passed === own.passed;
  });

/** Whether a figure, where it is given, says the same as the check: at least its bound, or at most. */
const isKept = ({ check, passed, found, bound }: Adjustment['checks'][number]): boolean =>
  found === undefined || passed === (check === 'reliability' ? found >= bound : found <= bound);

const areSeverities = ({ counts, severities }: Adjustment, { severity }: Severities): boolean => {
  if (counts === 'raw') return severities === undefined;
  const given = new Map((severities ?? []).map((one) => [one.rater, one.severity]));
  return (
    given.size === severity.size &&
    severities?.length === given.size &&
    [...severity].every(([rater, value]) => isRounded(given.get(rater), value))
  );
};

/** Four decimals: half a unit of the last, and what sums in another order may differ by. */
const isRounded = (given: number | undefined, value: number): boolean =>
  given !== undefined &&
  Math.abs(given - value) <= 0.000_05 + 1e-9 &&
  Math.round(given * 10_000) / 10_000 === given;
