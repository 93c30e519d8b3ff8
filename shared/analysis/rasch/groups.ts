import { type Connection, connectionOf } from '#shared/analysis/graph.ts';
import type { MarkTable } from '#shared/analysis/rasch/marks.ts';

/**
 * Raters who are linked by applications. Everybody scores all criteria of an application (`readMarks`), so criteria link nobody who is
 * not linked already.
 */
export const groupsOf = ({ ids, of }: MarkTable): Connection => {
  const first = new Int32Array(ids.application.length + 1);
  of.application.forEach((item, place) => {
    first[item + 1] = place + 1;
  });
  return connectionOf({
    applications: ids.application,
    raters: ids.rater,
    first,
    rater: of.rater,
    score: new Float64Array(0),
  });
};

/** What the likelihood does not tell, and is set by the sum being 0: raters of each group, criteria, steps. */
export const freedomsOf = (table: MarkTable, { groups, groupOf }: Connection): number[][] => {
  const [raters, criteria] = [table.ids.rater.length, table.ids.criterion.length];
  return [
    ...Array.from({ length: groups }, (_, group) =>
      [...groupOf.keys()].filter((rater) => groupOf[rater] === group),
    ),
    Array.from({ length: criteria }, (_, place) => raters + place),
    Array.from({ length: table.scores.length - 1 }, (_, place) => raters + criteria + place),
  ];
};
