import { rank, z95 } from '#shared/analysis/ranking.ts';
import type { Rasch } from '#shared/analysis/rasch/rasch.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import { square } from '#shared/analysis/square.ts';
import { correlationOf, ranksOf } from '#shared/marks/relation.ts';

/** A rater of the production model: below 0 severe, in points. */
type Linear = { id: string; severity: number; se: number };

/** How both models order the raters from the most severe on. */
export type Beside = {
  /** Of those whom both measure, places from 1; equal ones to four decimals share one. */
  places: ReadonlyMap<string, { linear: number; rasch: number }>;
  /** Spearman's; null for fewer than two raters, or where one of the models tells nobody apart. */
  rankCorrelation: number | null;
  /** Pairs that each model, by its own errors, is 95 % sure of, and that they order differently. */
  turned: [string, string][];
};

/** Raters of different groups are not compared, so between groups nothing is said. */
export const besideOf = ({ raters, connected }: Rasch, linear: readonly Linear[]): Beside => {
  const production = new Map(linear.map((rater) => [rater.id, rater]));
  const both = connected
    ? raters.flatMap(({ id, severity, se }) => {
        const other = production.get(id);
        return severity === null || se === null || !other
          ? []
          : [{ id, rasch: { at: severity, se }, linear: { at: -other.severity, se: other.se } }];
      })
    : [];
  const [ours, theirs] = [
    both.map((one) => rounded(one.linear.at)),
    both.map(({ rasch }) => rounded(rasch.at)),
  ];
  const { ranks: linearPlaces } = rank(Float64Array.from(ours));
  const { ranks: raschPlaces } = rank(Float64Array.from(theirs));
  return {
    places: new Map(
      both.map(({ id }, place) => [id, { linear: linearPlaces[place] ?? 0, rasch: raschPlaces[place] ?? 0 }]),
    ),
    rankCorrelation: differ(ours) && differ(theirs) ? correlationOf(ranksOf(ours), ranksOf(theirs)) : null,
    turned: both.flatMap((one, place) =>
      both
        .slice(place + 1)
        .filter((other) => sign(one.linear, other.linear) * sign(one.rasch, other.rasch) < 0)
        .map((other): [string, string] => [one.id, other.id]),
    ),
  };
};

const differ = (values: readonly number[]): boolean => new Set(values).size > 1;

type Measure = { at: number; se: number };

/** 0 where their errors leave open who of two is the more severe. */
const sign = (a: Measure, b: Measure): number =>
  Math.abs(a.at - b.at) > z95 * Math.sqrt(square(a.se) + square(b.se)) ? Math.sign(a.at - b.at) : 0;
