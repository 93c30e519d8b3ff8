import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { ChangedItem } from '#shared/domain/claim.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { countedScorecards } from '#shared/domain/interview.ts';
import { importedCriteria, meanPoints, type Points } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Basis } from '#shared/replay/recount.ts';
import { type Part, type Supposed, suppose, supposeMarks } from '#shared/replay/supposition.ts';

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
  new Map(
    givenTo(basis, supposed, number).map(({ part, criteria, cards, marks }) => [
      part,
      meanPoints(criteria, [...cards, { points: marks }]),
    ]),
  );

const givenTo = (
  { file, scoring, interviews }: Basis,
  supposed: Supposed,
  number: ApplicationNumber,
): Given[] => {
  // Rows of a file that shifted come from everybody in it.
  const own = (candidacies: readonly Candidacy[], part: Part): Candidacy | undefined =>
    suppose(candidacies, part, supposed).find((one) => one.number === number);
  const scored = own(scoring.candidacies, 'scoring');
  const interviewed = interviews && own(interviews.candidacies, 'interview');
  const { criteria } = file.rubric;
  const known = scored && supposeMarks(scoring.marksOf, supposed)(scored);
  const codes = new Set(importedCriteria(criteria).map(({ code }) => code));
  const marks = Object.fromEntries(Object.entries(known ?? {}).filter(([code]) => codes.has(code)));
  return [
    ...(scored ? [{ part: 'scoring' as const, criteria, cards: countedScores(scored), marks }] : []),
    ...(interviewed && interviews
      ? [
          {
            part: 'interview' as const,
            criteria: file.interviews.criteria,
            cards: countedScorecards(interviewed, interviews.committee),
            marks: {},
          },
        ]
      : []),
  ];
};
