import type { Facet, MarkTable } from '#shared/analysis/rasch/marks.ts';
import { locationOf, type Measures } from '#shared/analysis/rasch/measures.ts';
import { predictor } from '#shared/analysis/rasch/model.ts';
import { square } from '#shared/analysis/square.ts';

/** Mean squares of residuals beside what the model expects of them, 1 where they are as large. */
export type Misfit = {
  /** Weighted by what each mark tells. */
  infit: Float64Array;
  /** Each mark alike, so that single surprises weigh much. */
  outfit: Float64Array;
};

/** Between which mean squares ratings are productive for measurement. */
export const misfitBand = {
  least: 0.5,
  most: 1.5,
  source:
    'B. D. Wright, J. M. Linacre: Reasonable mean-square fit values. Rasch Measurement Transactions 8:3 (1994), p. 370',
  url: 'https://www.rasch.org/rmt/rmt83b.htm',
} as const;

export const misfitOf = (table: MarkTable, measures: Measures, facet: Facet): Misfit => {
  const size = table.ids[facet].length;
  const [squares, variances, standardized, count] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
  ];
  const predict = predictor(table.scores.length - 1);
  for (let mark = 0; mark < table.category.length; mark += 1) {
    const element = table.of[facet][mark] ?? 0;
    const { expected, variance } = predict(locationOf(table, measures, mark), measures.step);
    const squared = square((table.category[mark] ?? 0) - expected);
    squares[element] = (squares[element] ?? 0) + squared;
    variances[element] = (variances[element] ?? 0) + variance;
    standardized[element] = (standardized[element] ?? 0) + squared / variance;
    count[element] = (count[element] ?? 0) + 1;
  }
  return {
    infit: squares.map((sum, element) => sum / (variances[element] ?? 1)),
    outfit: standardized.map((sum, element) => sum / (count[element] ?? 1)),
  };
};
