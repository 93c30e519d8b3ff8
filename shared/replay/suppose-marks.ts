import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { endsOf, type Points } from '#shared/domain/rubric.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';
import type { Settled, Supposed } from '#shared/replay/supposition.ts';

type MarksOf = (candidacy: Candidacy) => Points | undefined;

/** Marks from outside as they would be. */
export const supposeMarks = (marksOf: MarksOf, { suppositions, ...supposed }: Supposed): MarksOf => {
  const changes = suppositions.flatMap((settled) => changeOf(settled, supposed) ?? []);
  return (candidacy) => {
    const given = marksOf(candidacy);
    return given && changes.reduce((marks, change) => change(marks, candidacy), { given, own: given }).own;
  };
};

/**
 * `given`: without what a claim of the application was granted. A file that says once more what the claim found wrong changes nothing; one that says
 * something else does.
 */
type Marks = { given: Points; own: Points };
type Change = (marks: Marks, candidacy: Candidacy) => Marks;

const changeOf = (
  settled: Settled,
  { marksIn, criteria }: Omit<Supposed, 'suppositions'>,
): Change | undefined => {
  switch (settled.kind) {
    case 'marks-file': {
      const file = marksIn(settled.import);
      return file && ((marks, candidacy) => asFiled(marks, pointsFrom(candidacy, file, criteria.scoring)));
    }
    case 'claim': {
      const items = (settled.corrected.items ?? []).filter(({ raterId }) => raterId === undefined);
      return ({ given, own }, { number }) => ({
        given,
        own: items.reduce((marks, item) => (number === settled.number ? withMark(marks, item) : marks), own),
      });
    }
    case 'criterion': {
      const { part, number, rater } = settled;
      return part === 'interview' || rater !== undefined
        ? undefined
        : ({ given, own }, candidacy) =>
            candidacy.number === number
              ? { given: withMark(given, settled), own: withMark(own, settled) }
              : { given, own };
    }
    default:
      return undefined;
  }
};

const asFiled = ({ given, own }: Marks, filed: Points): Marks => ({
  given: { ...given, ...filed },
  own: {
    ...own,
    ...Object.fromEntries(Object.entries(filed).filter(([code, mark]) => given[code] !== mark)),
  },
});

const withMark = (marks: Points, { criterion, points }: { criterion: string; points: number }): Points =>
  marks[criterion] === undefined ? marks : { ...marks, [criterion]: points };

/** Of an application that the file does not have, such as one that withdrew since, nothing: its marks stay. */
const pointsFrom = (
  { number }: Pick<Candidacy, 'number'>,
  file: ReadonlyMap<string, MarksByNumber>,
  criteria: readonly RubricCriterion[],
): Points =>
  Object.fromEntries(
    criteria.flatMap((criterion) => {
      const mark = file.get(criterion.code)?.get(number);
      return mark === undefined ? [] : [[criterion.code, mark ?? endsOf(criterion).least]];
    }),
  );
