import { square } from '#shared/analysis/square.ts';

/** How far raters differ beside how exactly it is known. High is not good here: it says that who scores matters. */
export type Separation = {
  /** Standard deviation of true severities in units of their error. */
  separation: number;
  /** Share of the variance of severities that is not error. */
  reliability: number;
};

/**
 * By Wright and Masters (1982, pp. 92, 106), of those with a measure of their own: who kept to one end of the scale has none.
 * @returns null for fewer than two
 */
export const separationOf = (
  raters: readonly { measure: number | null; se: number | null; extreme: unknown }[],
): Separation | null => {
  const known = raters.flatMap(({ measure, se, extreme }) =>
    measure === null || se === null || extreme !== null ? [] : [{ measure, se }],
  );
  if (known.length < 2) return null;
  const mean = known.reduce((sum, { measure }) => sum + measure, 0) / known.length;
  const observed = known.reduce((sum, { measure }) => sum + square(measure - mean), 0) / (known.length - 1);
  const error = known.reduce((sum, { se }) => sum + square(se), 0) / known.length;
  const own = Math.max(0, observed - error);
  return { separation: Math.sqrt(own / error), reliability: own > 0 ? own / observed : 0 };
};
