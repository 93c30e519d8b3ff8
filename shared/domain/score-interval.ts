import { z95 } from '#shared/analysis/ranking.ts';

/** The limits of a 95 % interval of a score, in percent of the scale with one decimal; it does not leave the scale. */
export const certainWithin = (score: number, error: number): { from: number; to: number } => ({
  from: tenths(Math.max(0, score - z95 * error)),
  to: tenths(Math.min(100, score + z95 * error)),
});

const tenths = (percent: number): number => Math.round(percent * 10) / 10;
