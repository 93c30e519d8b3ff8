import { rounded } from '#shared/analysis/rounding.ts';
import { meanOf } from '#shared/domain/ranking.ts';

/** One total with who gave it. */
export type Given = { rater: string; total: number };

/** Severities as they are taken away, with four decimals: so that an adjusted score can be found again by hand, to the last digit. */
export const countedSeverities = (severity: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...severity].map(([rater, value]) => [rater, rounded(value)]));

/** The mean of the scores, each less its rater's severity, exactly: percent with four decimals. */
export const adjustedMean = (given: readonly Given[], severities: ReadonlyMap<string, number>): number =>
  meanOf(given.map(({ rater, total }) => total - (severities.get(rater) ?? 0)));
