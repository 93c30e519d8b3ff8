import type { MarkTable } from '#shared/analysis/rasch/marks.ts';

/** Measures in logits, by place in the table. Severe raters, hard criteria and strong applications have high ones. */
export type Measures = {
  application: Float64Array;
  rater: Float64Array;
  criterion: Float64Array;
  /** τ: of two scores that follow each other, where the upper one becomes the likelier. */
  step: Float64Array;
};

/** θ − δ − β of a mark. */
export const locationOf = ({ of }: MarkTable, measures: Measures, mark: number): number =>
  (measures.application[of.application[mark] ?? 0] ?? 0) -
  (measures.rater[of.rater[mark] ?? 0] ?? 0) -
  (measures.criterion[of.criterion[mark] ?? 0] ?? 0);
