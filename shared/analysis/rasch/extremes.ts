import { type Facet, facets, type Mark, type MarkTable, markTableOf } from '#shared/analysis/rasch/marks.ts';

/** Which end of the scale somebody keeps to: for them no finite measure is the likeliest. */
export type End = 'lowest' | 'highest';

export type Core = {
  /** The marks between elements that have a finite measure. */
  marks: readonly Mark[];
  table: MarkTable;
  /** By facet who was left out, and why. */
  extreme: Record<Facet, ReadonlyMap<string, End>>;
};

/**
 * Leaves out whoever only gave or only got the lowest score, or only the highest, and looks again, since others may have become so
 * without them. They say nothing of anybody else: as Facets and Winsteps do it, the others are measured without them, and they then against the others.
 * @returns undefined where nobody is left
 */
export const coreOf = (marks: readonly Mark[]): Core | undefined => {
  const extreme = {
    application: new Map<string, End>(),
    rater: new Map<string, End>(),
    criterion: new Map<string, End>(),
  };
  let left = marks;
  for (;;) {
    const table = markTableOf(left);
    if (table.scores.length < 2) return undefined;
    const found = facets.flatMap((facet) => endsOf(table, facet));
    if (found.length === 0) return { marks: left, table, extreme };
    for (const { facet, id, end } of found) extreme[facet].set(id, end);
    left = left.filter((mark) => !facets.some((facet) => extreme[facet].has(mark[facet])));
  }
};

const endsOf = ({ ids, of, category, scores }: MarkTable, facet: Facet) => {
  const count = ids[facet].length;
  const least = new Int32Array(count).fill(scores.length);
  const most = new Int32Array(count).fill(-1);
  for (let place = 0; place < category.length; place += 1) {
    const element = of[facet][place] ?? 0;
    const given = category[place] ?? 0;
    least[element] = Math.min(least[element] ?? 0, given);
    most[element] = Math.max(most[element] ?? 0, given);
  }
  return ids[facet].flatMap((id, element): { facet: Facet; id: string; end: End }[] => {
    if (most[element] === 0) return [{ facet, id, end: 'lowest' }];
    return least[element] === scores.length - 1 ? [{ facet, id, end: 'highest' }] : [];
  });
};
