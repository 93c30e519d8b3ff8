import { type Item, isFrom, type Problem, type Rater, totalOf } from '#shared/assignment/problem.ts';

/** An application and somebody who scores it, by their places in the problem. */
export type Pair = { item: number; rater: number };

/**
 * The problem with ratings that were found among those that are kept. They take places that are open; where none is, they come beside those
 * who are there.
 * @param isBeside whether they leave the places of what is given out and not begun
 */
export const withKept = (problem: Problem, given: readonly Pair[], isBeside = false): Problem => {
  const atItem = Map.groupBy(given, ({ item }) => item);
  const byRater = Map.groupBy(given, ({ rater }) => rater);
  const items = problem.items.map((item, place) => {
    const came = atItem.get(place)?.map(({ rater }) => rater) ?? [];
    return itemWith(problem, item, came, isBeside ? item.held.size : 0);
  });
  const raters = problem.raters.map((rater, place) => raterWith(rater, byRater.get(place)?.length ?? 0));
  return { ...problem, items, raters, total: totalOf(items) };
};

const itemWith = (problem: Problem, item: Item, came: readonly number[], held: number): Item => {
  const left = item.need - Math.min(came.length, Math.max(0, item.need - held));
  const kept = [...item.kept, ...came].toSorted((a, b) => a - b);
  const need = Math.max(left, promised(problem, { ...item, kept }));
  const isOpen = need > 0 || item.byAll;
  return {
    ...item,
    kept,
    need,
    candidates: isOpen ? without(item.candidates, came) : [],
  };
};

const without = (raters: readonly number[], came: readonly number[]): readonly number[] =>
  came.length === 0 ? raters : raters.filter((rater) => !came.includes(rater));

/** One place, while none of those who are there knows the subject: it is for somebody who does. Instances of before did without. */
const promised = ({ edition, knowing }: Problem, { subject, kept, need, anchor }: Item): number => {
  if (!isFrom(edition, 3) || subject === undefined || (need === 0 && !anchor)) return 0;
  const known = knowing(subject);
  return kept.some((rater) => known[rater] === 1) ? 0 : 1;
};

const raterWith = (rater: Rater, more: number): Rater => {
  const kept = rater.kept + more;
  return more === 0 ? rater : { ...rater, kept, ...(rater.visits !== undefined && { max: kept }) };
};
