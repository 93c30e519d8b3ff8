import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { RowSuspicion } from '#shared/domain/marks.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import { digitsIn } from '#shared/marks/digits.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import type { Pair } from '#shared/marks/relation.ts';
import {
  comparedWith,
  lowIn,
  movedBesideIn,
  movedIn,
  rankedIn,
  type Suspicion,
  sortedIn,
  spikeIn,
} from '#shared/marks/suspicions.ts';

/** What marks are compared with. */
export type Comparisons = {
  /** What counts now, by criterion. */
  standing: ReadonlyMap<string, MarksByNumber>;
  /** What raters came to, in percent. */
  rated: ReadonlyMap<ApplicationNumber, number>;
};

/** A suspicion, at which criterion, and what it was compared with: another criterion, the raters, or the import before. */
export type Oddity = Suspicion & { criterion: string; against?: string | undefined };

/** Everything about the marks of one file that a person must have looked at. Their order does not matter. */
export const odditiesOf = (
  marks: ReadonlyMap<string, MarksByNumber>,
  criteria: readonly RubricCriterion[],
  compared: Comparisons,
): Oddity[] =>
  criteria.flatMap((criterion) => {
    const own = marks.get(criterion.code);
    return own ? odditiesAt(criterion, { own, marks, criteria, compared }) : [];
  });

/**
 * What is odd about the order in which a file has its rows. In the order of the numbers it is looked at with everything else, whenever
 * somebody reads it: `odditiesOf`.
 * @param rows of each criterion, as the file has them
 */
export const rowOddities = (
  rows: ReadonlyMap<string, readonly Given[]>,
  marks: ReadonlyMap<string, MarksByNumber>,
  { criteria, compared }: { criteria: readonly RubricCriterion[]; compared: Comparisons },
): (RowSuspicion & { criterion: string; against?: string })[] =>
  criteria.flatMap((criterion) => {
    const given = rows.get(criterion.code) ?? [];
    if (given.every(({ number }, place) => place === 0 || number > (given[place - 1]?.number ?? '')))
      return [];
    const { code } = criterion;
    return [
      ...rankedIn(given.map(({ mark }) => mark)).map((one) => Object.assign({ criterion: code }, one)),
      ...elsewhere(criterion, { marks, criteria, compared }).flatMap(({ against, at }) =>
        movedBesideIn(pairsOf(given, at)).map((one) => Object.assign({ criterion: code, against }, one)),
      ),
    ];
  });

/** Somebody's mark at one criterion. */
type Given = { number: ApplicationNumber; mark: number };

type Around = {
  marks: ReadonlyMap<string, MarksByNumber>;
  criteria: readonly RubricCriterion[];
  compared: Comparisons;
};

const odditiesAt = (
  criterion: RubricCriterion,
  { own, ...around }: Around & { own: MarksByNumber },
): Oddity[] => {
  const { code } = criterion;
  const given = [...own]
    .flatMap(([number, mark]) => (mark === null ? [] : [{ number, mark }]))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const values = given.map(({ mark }) => mark);
  const ends = endsOf(criterion);
  const before = around.compared.standing.get(code);
  const found = [
    ...spikeIn(values),
    ...digitsIn(values, ends),
    ...sortedIn(values),
    ...lowIn(values, ends),
    ...movedIn(values, before ? given.map(({ number }) => before.get(number) ?? null) : values),
  ];
  return [
    ...found.map((one) => Object.assign({ criterion: code }, one)),
    ...elsewhere(criterion, around).flatMap(({ against, at }) =>
      besideIn(pairsOf(given, at), against).map((one) => Object.assign({ criterion: code, against }, one)),
    ),
  ];
};

/** Marks that go with others some rows away are not called unrelated to their own as well. */
const besideIn = (pairs: readonly Pair[], against: string): Suspicion[] => {
  const moved = movedBesideIn(pairs);
  return [
    ...moved,
    ...comparedWith(pairs, against === 'before' ? 'before' : 'other').filter(
      ({ kind }) =>
        // Raters and a test may well differ in how high they mark, not in whom they find good.
        !(against === 'raters' && kind === 'mean-moved') && !(moved.length > 0 && kind === 'unrelated'),
    ),
  ];
};

/** What else is known of the same applications, in points of a criterion: its marks before, other criteria, the raters. */
const elsewhere = (
  criterion: RubricCriterion,
  { marks, criteria, compared: { standing, rated } }: Around,
): { against: string; at: (number: ApplicationNumber) => number | null | undefined }[] => {
  const scaled = scaleOf(criterion);
  return [
    { against: 'before', at: (number) => standing.get(criterion.code)?.get(number) },
    ...criteria
      .filter(({ code }) => code !== criterion.code)
      .map((other) => {
        const there = marks.get(other.code) ?? standing.get(other.code);
        return {
          against: other.code,
          at: (number: ApplicationNumber) => scaled(percentAt(other, there?.get(number))),
        };
      }),
    { against: 'raters', at: (number) => scaled(rated.get(number)) },
  ];
};

const pairsOf = (
  given: readonly Given[],
  at: (number: ApplicationNumber) => number | null | undefined,
): Pair[] =>
  given.flatMap(({ number, mark }) => {
    const other = at(number);
    return other === null || other === undefined ? [] : [[mark, other] as const];
  });

/** Percent of a scale as points of it. */
const scaleOf = (criterion: RubricCriterion) => {
  const { least, most } = endsOf(criterion);
  return (percent: number | undefined): number | undefined =>
    percent === undefined ? undefined : least + (percent * (most - least)) / 100;
};

const percentAt = (criterion: RubricCriterion, mark: number | null | undefined): number | undefined => {
  const { least, most } = endsOf(criterion);
  return mark === null || mark === undefined ? undefined : (100 * (mark - least)) / (most - least);
};
