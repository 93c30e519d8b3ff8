import { ln } from '#shared/analysis/elementary.ts';
import { type Facet, facets, type MarkTable } from '#shared/analysis/rasch/marks.ts';
import type { Measures } from '#shared/analysis/rasch/measures.ts';
import { square } from '#shared/analysis/square.ts';

/** The logistic curve beside the normal one: 1.7² (Wright and Stone 1979, PROX). */
const likeness = 2.9;
const rounds = 3;

/**
 * Where Newton's steps begin: normal approximation (PROX), by which each one's measure is the logarithm of points got to points missed,
 * wider by how much those differ whom they met. The likelihood has one summit, so the start only saves steps.
 */
export const startOf = (table: MarkTable): Measures => {
  const top = table.scores.length - 1;
  const measures: Measures = {
    application: new Float64Array(table.ids.application.length),
    rater: new Float64Array(table.ids.rater.length),
    criterion: new Float64Array(table.ids.criterion.length),
    step: stepsOf(table),
  };
  for (let round = 0; round < rounds; round += 1)
    for (const facet of facets) measures[facet] = approximated(table, measures, facet, top);
  return { ...measures, rater: centred(measures.rater), criterion: centred(measures.criterion) };
};

const approximated = (table: MarkTable, measures: Measures, facet: Facet, top: number): Float64Array => {
  const size = table.ids[facet].length;
  const [count, points, sum, squares] = Array.from({ length: 4 }, () => new Float64Array(size));
  if (!count || !points || !sum || !squares) return new Float64Array(size);
  const rest = facets.filter((other) => other !== facet);
  for (let place = 0; place < table.category.length; place += 1) {
    const element = table.of[facet][place] ?? 0;
    const met = rest.reduce((all, other) => {
      const measure = measures[other][table.of[other][place] ?? 0] ?? 0;
      return all + (other === 'application' ? measure : -measure);
    }, 0);
    count[element] = (count[element] ?? 0) + 1;
    points[element] = (points[element] ?? 0) + (table.category[place] ?? 0);
    sum[element] = (sum[element] ?? 0) + met;
    squares[element] = (squares[element] ?? 0) + square(met);
  }
  return count.map((many, element) => {
    const got = points[element] ?? 0;
    const mean = (sum[element] ?? 0) / many;
    const spread = Math.max(0, (squares[element] ?? 0) / many - square(mean));
    const easy = Math.sqrt(1 + spread / likeness) * ln(got / (many * top - got)) - mean;
    return facet === 'application' ? easy : -easy;
  });
};

/** ln of those below the step to those above it. */
const stepsOf = ({ scores, category }: MarkTable): Float64Array => {
  const counts = new Float64Array(scores.length);
  for (const one of category) counts[one] = (counts[one] ?? 0) + 1;
  return centred(
    Float64Array.from({ length: scores.length - 1 }, (_, k) => ln((counts[k] ?? 1) / (counts[k + 1] ?? 1))),
  );
};

const centred = (values: Float64Array): Float64Array => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
};
