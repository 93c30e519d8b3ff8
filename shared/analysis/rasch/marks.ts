/** One rater's score of one application for one criterion: a whole number, as a rating scale has them. */
export type Mark = { application: string; rater: string; criterion: string; score: number };

/** What a rating is a meeting of. */
export const facets = ['application', 'rater', 'criterion'] as const;
export type Facet = (typeof facets)[number];

/** Marks in the order of their ids, whatever order they came in, so that the same marks give the same bytes. */
export type MarkTable = {
  /** Ids, ascending by code unit. */
  ids: Record<Facet, readonly string[]>;
  /** By mark the place of each id. Marks of one application follow each other. */
  of: Record<Facet, Int32Array>;
  /** The scores that were given, ascending. One within them that nobody gave is left out, so that the next follows on it. */
  scores: readonly number[];
  /** By mark its score's place among `scores`. */
  category: Int32Array;
};

/** @throws RangeError when a score is no whole number or a rater has two scores of one application for one criterion */
export const markTableOf = (marks: readonly Mark[]): MarkTable => {
  const ids = {
    application: idsOf(marks, 'application'),
    rater: idsOf(marks, 'rater'),
    criterion: idsOf(marks, 'criterion'),
  };
  const placeIn = {
    application: placesOf(ids.application),
    rater: placesOf(ids.rater),
    criterion: placesOf(ids.criterion),
  };
  const sorted = marks
    .map((mark) => ({
      application: placeIn.application(mark.application),
      rater: placeIn.rater(mark.rater),
      criterion: placeIn.criterion(mark.criterion),
      score: mark.score,
    }))
    .toSorted((a, b) => a.application - b.application || a.rater - b.rater || a.criterion - b.criterion);
  for (const [place, { application, rater, criterion, score }] of sorted.entries()) {
    const before = sorted[place - 1];
    if (before?.application === application && before.rater === rater && before.criterion === criterion) {
      throw new RangeError(`Rater ${ids.rater[rater]} has two scores of ${ids.application[application]}.`);
    }
    if (!Number.isSafeInteger(score)) throw new RangeError(`The score ${score} is no whole number.`);
  }
  const scores = [...new Set(sorted.map(({ score }) => score))].toSorted((a, b) => a - b);
  const categories = new Map(scores.map((score, category) => [score, category]));
  return {
    ids,
    of: {
      application: Int32Array.from(sorted, ({ application }) => application),
      rater: Int32Array.from(sorted, ({ rater }) => rater),
      criterion: Int32Array.from(sorted, ({ criterion }) => criterion),
    },
    scores,
    category: Int32Array.from(sorted, ({ score }) => categories.get(score) ?? 0),
  };
};

const idsOf = (marks: readonly Mark[], facet: Facet): string[] =>
  [...new Set(marks.map((mark) => mark[facet]))].toSorted((a, b) => (a < b ? -1 : 1));

const placesOf = (ids: readonly string[]) => {
  const places = new Map(ids.map((id, place) => [id, place]));
  return (id: string): number => places.get(id) ?? -1;
};
