import type { OpenRow } from '#shared/bundle/format.ts';

/** Whether a row has a place in the ranking. */
export const isRanked = <R extends OpenRow>(row: R): row is R & { rank: number; total: number } =>
  row.rank !== undefined && row.total !== undefined;

/** The order of ranked rows: the greater total, then the higher level at each step of the tie rule, then the lower lot. */
export const byPlace = (a: Omit<OpenRow, 'rank'>, b: Omit<OpenRow, 'rank'>): number => {
  const difference = (b.total ?? 0) - (a.total ?? 0);
  if (difference !== 0 || !a.tie || !b.tie) return difference;
  for (const [step, level] of a.tie.levels.entries()) {
    const other = b.tie.levels[step] ?? 0;
    if (other !== level) return other - level;
  }
  return a.tie.lot < b.tie.lot ? -1 : Number(a.tie.lot > b.tie.lot);
};
