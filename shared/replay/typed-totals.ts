import type { CorrectedPoints } from '#shared/domain/corrected-points.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { Part, type Settled } from '#shared/replay/supposition.ts';

/** Totals that somebody typed and that stand, by application number. */
export type TypedTotals = ReadonlyMap<ApplicationNumber, Pick<CorrectedPoints, Part>>;

/**
 * Totals that stand in the place of what points come to. The later one wins: another total takes the place of one that was typed before, and points that
 * are changed of that application by its number make its part counted again. Files and raters that are corrected as a whole change points; a typed total
 * follows from none.
 */
export const typedTotals = (settled: readonly Settled[]): TypedTotals => {
  const totals = new Map<ApplicationNumber, Pick<CorrectedPoints, Part>>();
  for (const one of settled) {
    if (!('number' in one)) continue;
    const next = { ...totals.get(one.number) };
    for (const part of countedIn(one)) delete next[part];
    totals.set(one.number, { ...next, ...typedIn(one) });
  }
  return totals;
};

type Named = Extract<Settled, { number: ApplicationNumber }>;

/** Parts of which it changes points. */
const countedIn = (one: Named): readonly Part[] => {
  if (one.kind === 'totals') return [];
  return one.kind === 'criterion' ? [one.part] : (one.corrected.items ?? []).map(({ part }) => part);
};

const typedIn = (one: Named): Pick<CorrectedPoints, Part> => {
  if (one.kind === 'criterion') return {};
  const counted = countedIn(one);
  const { corrected } = one;
  return Object.fromEntries(
    Part.options.flatMap((part) =>
      corrected[part] === undefined || counted.includes(part) ? [] : [[part, corrected[part]]],
    ),
  );
};
