import type { Core } from '#shared/analysis/rasch/extremes.ts';
import type { Mark } from '#shared/analysis/rasch/marks.ts';
import type { Measures } from '#shared/analysis/rasch/measures.ts';
import { predictor } from '#shared/analysis/rasch/model.ts';

/**
 * By so many points a score at the end of the scale is taken as further inside, so that it has a finite measure.
 * J. M. Linacre, Facets manual, Xtreme= (https://www.winsteps.com/facetman/xtremescore.htm) and Winsteps, EXTRSCORE=: 0.3.
 */
const extremeCorrection = 0.3;

type Outside = { measure: number; error: number };

/**
 * Measures of raters or criteria who kept to one end of the scale, against the others' as they are.
 * @returns nothing for one who met only others of whom there is no measure
 */
export const outsideOf = (
  marks: readonly Mark[],
  { table, extreme }: Core,
  measures: Measures,
  facet: 'rater' | 'criterion',
): Map<string, Outside> => {
  const other = facet === 'rater' ? 'criterion' : 'rater';
  const [strength, hurdle] = [
    placed(table.ids.application, measures.application),
    placed(table.ids[other], measures[other]),
  ];
  const met = new Map<string, number[]>();
  for (const mark of marks) {
    const [of, less] = [strength.get(mark.application), hurdle.get(mark[other])];
    if (!extreme[facet].has(mark[facet]) || of === undefined || less === undefined) continue;
    const known = met.get(mark[facet]);
    if (known) known.push(of - less);
    else met.set(mark[facet], [of - less]);
  }
  const top = table.scores.length - 1;
  return new Map(
    [...met].map(([id, at]) => {
      const inside =
        extreme[facet].get(id) === 'lowest' ? extremeCorrection : at.length * top - extremeCorrection;
      // Summed by size, so that the order of the marks does not show.
      return [
        id,
        measured(
          at.toSorted((a, b) => a - b),
          inside,
          measures.step,
        ),
      ];
    }),
  );
};

const placed = (ids: readonly string[], values: Float64Array): Map<string, number> =>
  new Map(ids.map((id, place) => [id, values[place] ?? 0]));

/** Halved until doubles end: the points that are expected fall as the measure rises. */
const measured = (at: readonly number[], points: number, step: Float64Array): Outside => {
  const predict = predictor(step.length);
  const reach = 100;
  let [low, high] = [-reach, reach];
  const expectedAt = (measure: number) =>
    at.reduce((sum, location) => sum + predict(location - measure, step).expected, 0);
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (expectedAt(middle) > points) low = middle;
    else high = middle;
  }
  const knowledge = at.reduce((sum, location) => sum + predict(location - low, step).variance, 0);
  return { measure: low, error: 1 / Math.sqrt(knowledge) };
};
