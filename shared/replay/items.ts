import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { ChangedItem } from '#shared/domain/claim.ts';
import type { Corrected } from '#shared/domain/corrected.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { countedScorecards } from '#shared/domain/interview.ts';
import { importedCriteria, meanPoints, type Points } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Basis } from '#shared/replay/recount.ts';
import { suppose } from '#shared/replay/suppose.ts';
import { supposeMarks } from '#shared/replay/suppose-marks.ts';
import type { Part, Supposed } from '#shared/replay/supposition.ts';

/** Points of an application at one criterion, on the card of one rater or from another organisation. */
export type Item = Pick<ChangedItem, 'part' | 'criterion' | 'raterId' | 'points'>;

/** The cards of one application that count in a part, with the marks of another organisation. */
type Given = { part: Part; criteria: readonly RubricCriterion[]; cards: readonly Score[]; marks: Points };

/** Everything that the totals of one application are counted from, in the order of the sheets. */
export const itemsOf = (basis: Basis, supposed: Supposed, number: ApplicationNumber): Item[] =>
  givenTo(basis, supposed, number).flatMap(({ part, criteria, cards, marks }) =>
    criteria.flatMap(({ code: criterion }) => {
      const mark = marks[criterion];
      if (mark !== undefined) return [{ part, criterion, points: mark }];
      return cards.flatMap(({ raterId, points: { [criterion]: points } }) =>
        points === undefined ? [] : [{ part, criterion, raterId, points }],
      );
    }),
  );

/** What the criteria of each part come to on average, by their codes. */
export const meansOf = (
  basis: Basis,
  supposed: Supposed,
  number: ApplicationNumber,
): ReadonlyMap<Part, ReadonlyMap<string, number>> =>
  new Map(givenTo(basis, supposed, number).map((one) => [one.part, pointsIn(one)]));

/** For every application, its mean points by criterion where something makes them other than given; undefined where nothing does. */
export const otherPoints = (
  basis: Basis,
  given: Supposed,
  then: Supposed,
): ((number: ApplicationNumber) => Corrected['points']) => {
  const [was, is] = [givenIn(basis, given), givenIn(basis, then)];
  return (number) => {
    const before = new Map(was(number).map((one) => [one.part, pointsIn(one)]));
    const parts = is(number).flatMap((one): [Part, Record<string, number>][] => {
      const others = [...pointsIn(one)].filter(([code, mean]) => before.get(one.part)?.get(code) !== mean);
      return others.length > 0 ? [[one.part, Object.fromEntries(others)]] : [];
    });
    return parts.length > 0 ? Object.fromEntries(parts) : undefined;
  };
};

const pointsIn = ({ criteria, cards, marks }: Given): ReadonlyMap<string, number> =>
  meanPoints(criteria, [...cards, { points: marks }]);

const givenTo = (basis: Basis, supposed: Supposed, number: ApplicationNumber): Given[] =>
  givenIn(basis, supposed)(number);

/** Counted once for everybody: rows of a file that shifted come from all who are in it. */
const givenIn = (
  { file, scoring, interviews }: Basis,
  supposed: Supposed,
): ((number: ApplicationNumber) => Given[]) => {
  const byNumber = (candidacies: readonly Candidacy[], part: Part): ReadonlyMap<string, Candidacy> =>
    new Map(suppose(candidacies, part, supposed).map((one) => [one.number, one]));
  const scored = byNumber(scoring.candidacies, 'scoring');
  const interviewed = byNumber(interviews?.candidacies ?? [], 'interview');
  const { criteria } = file.rubric;
  const codes = new Set(importedCriteria(criteria).map(({ code }) => code));
  const marksOf = supposeMarks(scoring.marksOf, supposed);
  return (number) => {
    const [first, second] = [scored.get(number), interviewed.get(number)];
    const known = Object.entries((first && marksOf(first)) ?? {});
    const marks = Object.fromEntries(known.filter(([code]) => codes.has(code)));
    const held = second && interviews && countedScorecards(second, interviews.committee);
    return [
      ...(first ? [{ part: 'scoring' as const, criteria, cards: countedScores(first), marks }] : []),
      ...(held
        ? [{ part: 'interview' as const, criteria: file.interviews.criteria, cards: held, marks: {} }]
        : []),
    ];
  };
};
