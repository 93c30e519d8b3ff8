import * as z from 'zod';

/**
 * Counts below it say too much of somebody. Five, as for the diversity of teachers in Scotland (gov.scot, "Diversity in the teaching
 * profession: annual data report", May 2022, section 6: cells less than five are suppressed); that a total must not give a
 * suppressed cell away again is from the handbook on statistical disclosure control (sdctools.github.io/HandbookSDC, chapter 5).
 */
export const leastShown = 5;

/** One cell of a line: of so many people, so many are in it. `figure` is what is published of them: their number, or that of their children. */
export type Cell = { people: number; of: number; figure: number };

/** A line as it is published: null where a cell is not shown, and what those cells come to together, where that may be said. */
export const Protected = z.object({
  cells: z.array(z.int().nullable()),
  together: z.int().nullable(),
});
export type Protected = z.infer<typeof Protected>;

/**
 * What may be shown of a line whose order follows from what everybody knows, the likely small cells first. Everything up to the last
 * cell in which hardly anybody is, or hardly anybody is not, goes into one sum, which takes in more cells until it is of enough
 * people itself. Which cells are in the sum follows from the order alone, so that nobody who knows the rule learns more from the
 * choice: any hidden cell could have another value.
 */
export const protect = (line: readonly Cell[]): Protected => {
  const last = line.findLastIndex(isSmall);
  if (last === -1) return { cells: line.map(({ figure }) => figure), together: null };
  let count = last + 1;
  while (count < line.length && !mayStand(line.slice(0, count))) count += 1;
  const hidden = line.slice(0, count);
  return {
    cells: line.map(({ figure }, index) => (index < count ? null : figure)),
    together: mayStand(hidden) ? sumOf(hidden).figure : null,
  };
};

/** Everything together; undefined where a part of it may not be said. */
export const totalOf = ({ cells, together }: Protected): number | undefined =>
  together === null && cells.includes(null)
    ? undefined
    : cells.reduce<number>((sum, cell) => sum + (cell ?? 0), together ?? 0);

/** That nearly everybody says something tells as much of each as that hardly anybody does. */
const isSmall = ({ people, of }: Cell): boolean => Math.min(people, of - people) < leastShown;

const mayStand = (hidden: readonly Cell[]): boolean => hidden.length > 1 && !isSmall(sumOf(hidden));

const sumOf = (cells: readonly Cell[]): Cell => ({
  people: cells.reduce((sum, { people }) => sum + people, 0),
  of: cells.reduce((sum, { of }) => sum + of, 0),
  figure: cells.reduce((sum, { figure }) => sum + figure, 0),
});
