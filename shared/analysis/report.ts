import { type Adjustment, adjust } from '#shared/analysis/adjust.ts';
import { dispersionOf } from '#shared/analysis/dispersion.ts';
import { crossedIcc, type Icc, type Interval, ratersNeeded, sparseIcc } from '#shared/analysis/icc.ts';
import { sparseInterval } from '#shared/analysis/icc-interval.ts';
import { alphaInterval, intervalAlpha, ordinalAlpha } from '#shared/analysis/krippendorff.ts';
import { rank, rankIntervals } from '#shared/analysis/ranking.ts';
import { spreadsOf } from '#shared/analysis/raters.ts';
import { type Rating, type RatingTable, tableOf } from '#shared/analysis/ratings.ts';
import { chanceOf } from '#shared/chance.ts';

/** What `npm run analyse -- --json` prints, in this order and with these names. Null is what the ratings cannot tell. */
export type Report = {
  /** Best first; equal ones by id. */
  applications: {
    id: string;
    raw: number;
    adjusted: number;
    se: number;
    rankInterval: [best: number, worst: number];
    /** Highest less lowest of its scores, and their standard deviation. */
    range: number;
    sd: number | null;
  }[];
  /** By id. `severity` is β̂: what the rater adds to a score, so below 0 is severe. */
  raters: {
    id: string;
    severity: number;
    se: number;
    ratings: number;
    /** Standard deviation of what the rater gave, and its ratio to the pooled one of all: well below 1 uses little of the scale. */
    sd: number | null;
    sdRatio: number | null;
  }[];
  reliability: {
    icc21: number | null;
    icc2k: number | null;
    /** 95 %, of ICC(2,k). */
    iccInterval: Interval | null;
    alphaOrdinal: number | null;
    /** 95 %, of `alphaOrdinal`. */
    alphaInterval: Interval | null;
    /** α with interval distance in the place of the ordinal one. */
    alphaIntervalDistance: number | null;
  };
  oneRater: {
    /** 95 %, of ICC(2,1). */
    iccInterval: Interval | null;
    /** How many such raters an application needs for a reliability of their mean. */
    ratersNeeded: { reliability: number; raters: number | null }[];
  };
};

/** What reliabilities are usually asked for, and the numbers of ANCHORS 5.2 are given for. */
const askedReliabilities = [0.7, 0.8] as const;

/**
 * Everything about a set of ratings. Numbers are not rounded, but scores are ranked by their rounding to four decimals.
 *
 * Where every rater scored every application, the ICCs are those of the complete table. Otherwise they come from the variance
 * components, ICC(2,k) for the harmonic mean of ratings an application.
 * @param seed of the draws behind α's interval
 */
export const analyse = (
  ratings: readonly Rating[],
  seed: string,
): { report: Report; table: RatingTable; adjustment: Adjustment } => {
  const table = tableOf(ratings);
  const adjustment = adjust(table);
  return { table, adjustment, report: reportOf(table, adjustment, seed) };
};

const reportOf = (table: RatingTable, adjustment: Adjustment, seed: string): Report => {
  const { raw, adjusted, se, severity, severitySe, ratings } = adjustment;
  const count = table.applications.length;
  // Where each was rated once nothing tells how sure a score is, so any of them may have any rank.
  const isTold = table.score.length > count;
  const { best, worst } = isTold
    ? rankIntervals(adjusted, se)
    : { best: new Int32Array(count).fill(1), worst: new Int32Array(count).fill(count) };
  const icc = iccOf(table, adjustment);
  const [apart, spreads] = [dispersionOf(table), spreadsOf(table)];
  return {
    applications: Array.from(rank(adjusted).order, (item) => ({
      id: table.applications[item] ?? '',
      raw: at(raw, item),
      adjusted: at(adjusted, item),
      se: at(se, item),
      rankInterval: [at(best, item), at(worst, item)],
      range: apart[item]?.range ?? 0,
      sd: apart[item]?.standardDeviation ?? null,
    })),
    raters: table.raters.map((id, by) => ({
      id,
      severity: at(severity, by),
      se: at(severitySe, by),
      ratings: at(ratings, by),
      sd: spreads[by]?.deviation ?? null,
      sdRatio: spreads[by]?.ratio ?? null,
    })),
    reliability: {
      icc21: icc.single ?? null,
      icc2k: icc.mean ?? null,
      iccInterval: icc.meanInterval ?? null,
      alphaOrdinal: ordinalAlpha(table) ?? null,
      alphaInterval: alphaInterval(table, chanceOf(`alpha ${seed}`)) ?? null,
      alphaIntervalDistance: intervalAlpha(table) ?? null,
    },
    oneRater: {
      iccInterval: icc.singleInterval ?? null,
      ratersNeeded: askedReliabilities.map((reliability) => ({
        reliability,
        raters: (icc.single === undefined ? undefined : ratersNeeded(icc.single, reliability)) ?? null,
      })),
    },
  };
};

const at = (values: Float64Array | Int32Array, place: number): number => values[place] ?? 0;

const iccOf = (
  table: RatingTable,
  { variances }: Adjustment,
): { [K in 'single' | 'mean' | 'singleInterval' | 'meanInterval']?: Icc[K] | undefined } => {
  const crossed = crossedIcc(table);
  if (crossed?.applications === table.applications.length) return crossed;
  const shares = table.applications.reduce(
    (sum, _, item) => sum + 1 / ((table.first[item + 1] ?? 0) - (table.first[item] ?? 0)),
    0,
  );
  const many = table.applications.length / shares;
  return {
    single: sparseIcc(variances, 1),
    mean: sparseIcc(variances, many),
    singleInterval: sparseInterval(table, variances, 1),
    meanInterval: sparseInterval(table, variances, many),
  };
};
