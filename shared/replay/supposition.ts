import * as z from 'zod';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { Correction } from '#shared/domain/claim.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { ApplicationNumber, type PersonId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import { endsOf, type Points, ratedCriteria, totalOf } from '#shared/domain/rubric.ts';
import { stationOfCriterion } from '#shared/domain/station.ts';
import type { MarksByNumber } from '#shared/marks/expectation.ts';

export const Part = z.enum(['scoring', 'interview']);
export type Part = z.infer<typeof Part>;

/** Something that may have been otherwise than it was recorded; nothing of it is stored. */
export const Supposition = z.discriminatedUnion('kind', [
  /** Nothing else: the lists as the record gives them, to be held against what was decided. */
  z.strictObject({ kind: z.literal('as-recorded') }),
  /** A rater's points stand so many rows too low in their file; what falls out at one end comes in at the other. */
  z.strictObject({
    kind: z.literal('rows-shifted'),
    part: Part,
    rater: z.string(),
    rows: z.int().min(-5).max(5),
  }),
  /** A rater's points do not count where somebody else rated as well. */
  z.strictObject({ kind: z.literal('rater-left-out'), part: Part, rater: z.string() }),
  /** One application has other points at one criterion: on the card of that rater, or else whoever gave them or wherever they came from. */
  z.strictObject({
    kind: z.literal('criterion'),
    part: Part,
    number: ApplicationNumber,
    criterion: z.string(),
    points: z.number(),
    rater: z.string().optional(),
  }),
  /** The marks from outside are those of another file, by the number of its import. */
  z.strictObject({ kind: z.literal('marks-file'), import: z.int().min(1) }),
  /** An application has other totals, as an upheld claim gives it, or as the cards of an interview that it was owed come to. */
  z.strictObject({
    kind: z.literal('totals'),
    number: ApplicationNumber,
    corrected: Correction,
    owed: z.literal(true).optional(),
  }),
]);
export type Supposition = z.infer<typeof Supposition>;

export type Supposed = {
  /** Each on what the ones before it came to. */
  suppositions: readonly Supposition[];
  /** The marks of an import, by criterion. */
  marksIn: (number: number) => ReadonlyMap<string, MarksByNumber> | undefined;
  /** Who the rater's code stands for. */
  raterOf: (code: string) => PersonId | undefined;
  criteria: Readonly<Record<Part, readonly RubricCriterion[]>>;
  /** Of the interview. */
  stations?: InterviewRule['stations'];
};

/** Candidacies as they would be, in the order in which they were given. */
export const suppose = (
  candidacies: readonly Candidacy[],
  part: Part,
  { suppositions, ...supposed }: Supposed,
): Candidacy[] =>
  suppositions.reduce<Candidacy[]>(
    (before, supposition) => supposeOne(before, part, { ...supposed, supposition }),
    [...candidacies],
  );

type OneSupposed = Omit<Supposed, 'suppositions'> & { supposition: Supposition };

const supposeOne = (
  candidacies: readonly Candidacy[],
  part: Part,
  { supposition, raterOf, criteria, stations }: OneSupposed,
): Candidacy[] => {
  const scored = (change: (one: Candidacy, scores: readonly Score[]) => Score[]): Candidacy[] =>
    candidacies.map((one) => withScores(one, part, change(one, scoresOf(one, part))));
  switch (supposition.kind) {
    case 'as-recorded':
    case 'marks-file':
      return [...candidacies];
    case 'totals':
      return candidacies.map((one) => withTotals(one, supposition));
    case 'criterion': {
      const asked = ratedCriteria(criteria[part]);
      const { number, criterion, points, rater } = supposition;
      const whose = rater === undefined ? undefined : raterOf(rater);
      if (supposition.part !== part || !asked.some(({ code }) => code === criterion)) return [...candidacies];
      const at = part === 'interview' ? stationOfCriterion(stations, criterion) : undefined;
      return scored(({ number: own }, scores) =>
        scores.map((score) =>
          own === number && score.station === at && (rater === undefined || score.raterId === whose)
            ? withPoints(score, { [criterion]: points }, asked)
            : score,
        ),
      );
    }
    case 'rater-left-out': {
      if (supposition.part !== part) return [...candidacies];
      const rater = raterOf(supposition.rater);
      return scored((_one, scores) =>
        scores.filter(
          ({ raterId, station }) =>
            raterId !== rater ||
            scores.every((other) => other.raterId === rater || other.station !== station),
        ),
      );
    }
    case 'rows-shifted': {
      if (supposition.part !== part) return [...candidacies];
      const moved = shifted(candidacies, part, { rater: raterOf(supposition.rater), rows: supposition.rows });
      return scored(({ number }, scores) =>
        scores.map((score) =>
          score.raterId === moved.rater ? { ...score, ...moved.pointsAt(number, score.station) } : score,
        ),
      );
    }
    default:
      return supposition satisfies never;
  }
};

type MarksOf = (candidacy: Candidacy) => Points | undefined;

/** Marks from outside as they would be. */
export const supposeMarks = (marksOf: MarksOf, { suppositions, ...supposed }: Supposed): MarksOf =>
  suppositions.reduce<MarksOf>(
    (before, supposition) => supposeOneOfMarks(before, { ...supposed, supposition }),
    marksOf,
  );

const supposeOneOfMarks = (marksOf: MarksOf, { supposition, marksIn, criteria }: OneSupposed): MarksOf => {
  if (supposition.kind === 'marks-file') {
    const other = marksIn(supposition.import);
    return (candidacy) => {
      const marks = marksOf(candidacy);
      return marks && other ? { ...marks, ...pointsFrom(candidacy, other, criteria.scoring) } : marks;
    };
  }
  if (supposition.kind !== 'criterion' || supposition.part !== 'scoring' || supposition.rater !== undefined)
    return marksOf;
  const { number, criterion, points } = supposition;
  return (candidacy) => {
    const marks = marksOf(candidacy);
    const isMeant = candidacy.number === number && marks?.[criterion] !== undefined;
    return isMeant ? { ...marks, [criterion]: points } : marks;
  };
};

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

const withTotals = (
  candidacy: Candidacy,
  { number, corrected }: Extract<Supposition, { kind: 'totals' }>,
): Candidacy =>
  candidacy.number === number
    ? { ...candidacy, corrected: { ...candidacy.corrected, ...corrected } }
    : candidacy;

export const scoresOf = ({ scores, scorecards }: Candidacy, part: Part): readonly Score[] =>
  part === 'scoring' ? scores : scorecards;

const withScores = (candidacy: Candidacy, part: Part, scores: Score[]): Candidacy =>
  part === 'scoring' ? { ...candidacy, scores } : { ...candidacy, scorecards: scores };

const withPoints = (score: Score, other: Points, asked: readonly RubricCriterion[]): Score => {
  const points = { ...score.points, ...other };
  return { ...score, points, total: totalOf(asked, points) };
};

/**
 * What a rater gave, each moved to the row where it belongs: the rows of a file stand in the order of application numbers, and each
 * station has a file of its own.
 */
const shifted = (
  candidacies: readonly Candidacy[],
  part: Part,
  { rater, rows }: { rater: PersonId | undefined; rows: number },
) => {
  const given = candidacies.flatMap((one) =>
    scoresOf(one, part).flatMap(({ raterId, station, points, total }) =>
      raterId === rater ? [{ number: one.number, station, right: { points, total } }] : [],
    ),
  );
  const files = Map.groupBy(given, ({ station }) => station);
  const moved = new Map(
    [...files].map(([station, unsorted]) => {
      const file = unsorted.toSorted((a, b) => (a.number < b.number ? -1 : 1));
      const rightOf = (row: number) => file.at((row + rows) % file.length)?.right;
      return [station, new Map(file.map(({ number }, row) => [number, rightOf(row)]))] as const;
    }),
  );
  return {
    rater,
    pointsAt: (number: ApplicationNumber, station: string | undefined) => moved.get(station)?.get(number),
  };
};
