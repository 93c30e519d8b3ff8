/** One rater's score of one application, on the round's scale. */
export type Rating = { application: string; rater: string; score: number };

/**
 * Ratings as the arithmetic wants them, in the order of the ids whatever order they came in: a sum of floating-point
 * numbers depends on its order, and the same ratings must give the same bytes.
 */
export type RatingTable = {
  /** Ids, ascending by code unit. */
  applications: readonly string[];
  raters: readonly string[];
  /** The ratings of application i are those from `first[i]` to before `first[i + 1]`, by rater. */
  first: Int32Array;
  rater: Int32Array;
  score: Float64Array;
};

/** @throws RangeError when a score is no finite number or a rater has two scores of one application */
export const tableOf = (ratings: readonly Rating[]): RatingTable => {
  const applications = idsOf(ratings.map(({ application }) => application));
  const raters = idsOf(ratings.map(({ rater }) => rater));
  const placeOf = placesOf(applications);
  const raterOf = placesOf(raters);
  const sorted = ratings
    .map(({ application, rater, score }) => ({ item: placeOf(application), rater: raterOf(rater), score }))
    .toSorted((a, b) => a.item - b.item || a.rater - b.rater);
  const first = new Int32Array(applications.length + 1);
  sorted.forEach(({ item, rater, score }, place) => {
    const before = sorted[place - 1];
    if (before?.item === item && before.rater === rater) {
      throw new RangeError(`Rater ${raters[rater]} has two scores of application ${applications[item]}.`);
    }
    if (!Number.isFinite(score)) throw new RangeError(`A score of ${applications[item]} is no number.`);
    first[item + 1] = place + 1;
  });
  return {
    applications,
    raters,
    first,
    rater: Int32Array.from(sorted, ({ rater }) => rater),
    score: Float64Array.from(sorted, ({ score }) => score),
  };
};

/** How many ratings each rater has given. */
export const ratingsOf = ({ raters, rater }: RatingTable): Int32Array => {
  const counts = new Int32Array(raters.length);
  for (let place = 0; place < rater.length; place += 1) {
    const by = rater[place] ?? 0;
    counts[by] = (counts[by] ?? 0) + 1;
  }
  return counts;
};

const idsOf = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted(byCodeUnit);

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : 1);

const placesOf = (ids: readonly string[]) => {
  const places = new Map(ids.map((id, place) => [id, place]));
  return (id: string): number => places.get(id) ?? -1;
};
