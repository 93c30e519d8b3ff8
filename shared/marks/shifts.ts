/** A stretch of rows whose values stand some rows away from where the check column has them. */
export type Shift = { from: number; to: number; by: number };

/** Values that moved by more rows than this are told one by one. */
const farthest = 5;
/** Fewer rows may agree by accident. */
const fewest = 3;

/**
 * Where one column differs from another that should say the same: stretches that moved together, longest offsets last, and what
 * differs without such a reason. Places are counted from 0. Every row that differs is in one of the two.
 */
export const compareColumns = <T>(
  values: readonly T[],
  checks: readonly T[],
): { shifts: Shift[]; single: number[] } => {
  const differs = values.flatMap((value, place) => (value === checks[place] ? [] : [place]));
  const left = new Set(differs);
  const shifts: Shift[] = [];
  for (const by of offsets) {
    for (const { from, to } of stretches([...left], (place) => values[place] === checks[place - by])) {
      shifts.push({ from, to, by });
      for (let place = from; place <= to; place += 1) left.delete(place);
    }
  }
  return { shifts: shifts.toSorted((a, b) => a.from - b.from), single: [...left] };
};

/** One row down, one up, two down, … */
const offsets = Array.from({ length: farthest }, (_, index) => [index + 1, -(index + 1)]).flat();

/**
 * Runs of places that follow each other and all hold; places that agree as they are may lie between them, since neighbours are sometimes
 * equal.
 */
const stretches = (
  places: readonly number[],
  holds: (place: number) => boolean,
): { from: number; to: number }[] => {
  const found: { from: number; to: number; count: number }[] = [];
  for (const place of places.filter(holds)) {
    const last = found.at(-1);
    if (last && between(last.to, place).every(holds)) {
      last.to = place;
      last.count += 1;
    } else found.push({ from: place, to: place, count: 1 });
  }
  return found.filter(({ count }) => count >= fewest);
};

const between = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from - 1) }, (_, index) => from + index + 1);
