import { adjust } from '#shared/analysis/adjust.ts';
import { rank } from '#shared/analysis/ranking.ts';
import type { RatingTable } from '#shared/analysis/ratings.ts';
import { type Chance, chanceOf } from '#shared/chance.ts';

/** Nearly a standard normal number each time, the same on any machine: twelve uniform ones, less their mean. */
export const normalOf =
  ({ below }: Chance): (() => number) =>
  () => {
    let sum = -6;
    for (let term = 0; term < 12; term += 1) sum += below(2 ** 16) / 2 ** 16;
    return sum;
  };

/** Regions of the programme, and of the table of ANCHORS 5.3. */
const regions = 4;

export type Design = {
  applications: number;
  raters: number;
  /** Of the ratings by raters of other regions. */
  share: number;
};

/**
 * Standard deviations in units of quality's. ANCHORS 5.3 says the region's; with these two for the rest its table comes out.
 * With milder raters and more noise the same links undo less: severities are shrunk as if no region had one.
 */
const spread = { region: 0.5, rater: 0.5, residual: 0.65 } as const;

export type SimulatedRound = { table: RatingTable; quality: Float64Array };

/** Applications with three ratings each, a share of them by raters of other regions; each region is severe or mild as a whole. */
export const simulatedRound = ({ applications, raters, share }: Design, seed: string): SimulatedRound => {
  const chance = chanceOf(seed);
  const normal = normalOf(chance);
  const regional = Array.from({ length: regions }, () => spread.region * normal());
  const severity = Float64Array.from(
    { length: raters },
    (_, rater) => (regional[rater % regions] ?? 0) + spread.rater * normal(),
  );
  const quality = Float64Array.from({ length: applications }, normal);
  const rater = new Int32Array(3 * applications);
  const score = new Float64Array(3 * applications);
  for (let item = 0; item < applications; item += 1) {
    const chosen = new Set<number>();
    while (chosen.size < 3) {
      const away = chance.below(10_000) < share * 10_000;
      const region = away ? (item + 1 + chance.below(regions - 1)) % regions : item % regions;
      chosen.add(region + regions * chance.below(Math.floor(raters / regions)));
    }
    for (const [place, by] of [...chosen].toSorted((a, b) => a - b).entries()) {
      rater[3 * item + place] = by;
      score[3 * item + place] = 5 + (quality[item] ?? 0) + (severity[by] ?? 0) + spread.residual * normal();
    }
  }
  const table = {
    applications: Array.from(quality, (_, item) => `A${item}`),
    raters: Array.from(severity, (_, by) => `R${by}`),
    first: Int32Array.from({ length: applications + 1 }, (_, item) => 3 * item),
    rater,
    score,
  };
  return { table, quality };
};

/** What the table of ANCHORS 5.3 has, of raw and of adjusted scores. */
export type Comparability = {
  /** The standard deviation between regions of how far their mean scores are from their mean quality. */
  bias: { raw: number; adjusted: number };
  /** The share of the truly best fifth that is among the best fifth by score. */
  recovered: { raw: number; adjusted: number };
  /** The share of the best fifth by raw scores that adjusting puts others in the place of. */
  changed: number;
};

export const comparabilityOf = (design: Design, seed: string): Comparability => {
  const { table, quality } = simulatedRound(design, seed);
  const { raw, adjusted } = adjust(table);
  const fifth = Math.round(design.applications / 5);
  const best = (scores: Float64Array): Set<number> => new Set(rank(scores).order.subarray(0, fifth));
  const [truly, byRaw, byAdjusted] = [best(quality), best(raw), best(adjusted)];
  const common = (one: ReadonlySet<number>, other: ReadonlySet<number>): number =>
    [...one].filter((item) => other.has(item)).length / fifth;
  return {
    bias: { raw: biasOf(raw, quality), adjusted: biasOf(adjusted, quality) },
    recovered: { raw: common(truly, byRaw), adjusted: common(truly, byAdjusted) },
    changed: 1 - common(byRaw, byAdjusted),
  };
};

const biasOf = (scores: Float64Array, quality: Float64Array): number => {
  const means = Array.from(Array(regions).keys(), (region) => {
    const own = scores
      .map((score, item) => score - (quality[item] ?? 0))
      .filter((_, item) => item % regions === region);
    return own.reduce((sum, error) => sum + error, 0) / own.length;
  });
  const middle = means.reduce((sum, mean) => sum + mean, 0) / regions;
  return Math.sqrt(means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / (regions - 1));
};
