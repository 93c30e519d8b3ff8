import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import { comparedWith, lowIn, movedIn, type Suspicion, sortedIn, spikeIn } from '#shared/marks/suspicions.ts';

/** What marks are compared with. */
export type Comparisons = {
  /** What counts now, by criterion. */
  standing: ReadonlyMap<string, MarksByNumber>;
  /** What raters came to, in percent. */
  rated: ReadonlyMap<ApplicationNumber, number>;
};

/** A suspicion, at which criterion, and what it was compared with: another criterion, the raters, or the import before. */
export type Oddity = Suspicion & { criterion: string; against?: string };

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

type Place = {
  own: MarksByNumber;
  marks: ReadonlyMap<string, MarksByNumber>;
  criteria: readonly RubricCriterion[];
  compared: Comparisons;
};

const odditiesAt = (
  criterion: RubricCriterion,
  { own, marks, criteria, compared: { standing, rated } }: Place,
): Oddity[] => {
  const { code } = criterion;
  const given = [...own]
    .flatMap(([number, mark]) => (mark === null ? [] : [{ number, mark }]))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  const values = given.map(({ mark }) => mark);
  const at = (found: Suspicion[], against?: string): Oddity[] =>
    found.map((one) => ({ ...one, criterion: code, ...(against !== undefined && { against }) }));
  const against = (there: (number: ApplicationNumber) => number | null | undefined) =>
    comparedWith(
      given.flatMap(({ number, mark }) => {
        const other = there(number);
        return other === null || other === undefined ? [] : [[mark, other] as const];
      }),
    );
  const before = standing.get(code);
  const scaled = scaleOf(criterion);
  const others = criteria.filter((other) => other.code !== code);
  return [
    ...at(spikeIn(values)),
    ...at(sortedIn(values)),
    ...at(lowIn(values, endsOf(criterion))),
    ...at(movedIn(values, before ? given.map(({ number }) => before.get(number) ?? null) : values)),
    ...at(
      against((number) => standing.get(code)?.get(number)),
      'before',
    ),
    ...others.flatMap((other) => {
      const there = marks.get(other.code) ?? standing.get(other.code);
      return at(
        against((number) => scaled(percentAt(other, there?.get(number)))),
        other.code,
      );
    }),
    // Raters and a test may well differ in how high they mark, not in whom they find good.
    ...at(
      against((number) => scaled(rated.get(number))).filter(({ kind }) => kind === 'reversed'),
      'raters',
    ),
  ];
};

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
