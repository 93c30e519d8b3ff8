import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { type Points, ratedCriteria, totalOf } from '#shared/domain/rubric.ts';
import { stationOfCriterion } from '#shared/domain/station.ts';
import { type Grant, type Part, type Settled, type Supposed, scoresOf } from '#shared/replay/supposition.ts';
import { typedTotals } from '#shared/replay/typed-totals.ts';

/**
 * Candidacies as they would be, in the order in which they were given. What a claim was granted is of its own application alone: others are counted
 * as if it had not been, also where whole files of points move.
 */
export const suppose = (
  candidacies: readonly Candidacy[],
  part: Part,
  { suppositions, ...supposed }: Supposed,
): Candidacy[] => {
  const apart = new Map<ApplicationNumber, Candidacy>();
  let others: readonly Candidacy[] = candidacies;
  for (const settled of suppositions) {
    if (settled.kind === 'claim') {
      const own = apart.get(settled.number) ?? others.find(({ number }) => number === settled.number);
      if (own) apart.set(settled.number, asGranted(own, part, { grant: settled, ...supposed }));
      continue;
    }
    const then = supposeOne(others, part, { ...supposed, supposition: settled });
    if (then !== others) moveApart(apart, part, { ...supposed, supposition: settled, was: others, is: then });
    others = then;
  }
  const totals = typedTotals(suppositions);
  return others.map((one) =>
    Object.assign({}, apart.get(one.number) ?? one, { corrected: totals.get(one.number) ?? {} }),
  );
};

type General = Omit<Supposed, 'suppositions'>;
type OneSupposed = General & { supposition: Exclude<Settled, Grant> };

/**
 * What a later correction makes of applications that a claim settled: what names one of them counts at once; a file or a rater that is corrected as a
 * whole, where it gives other points than before. That a file says once more what a claim found wrong is nothing new.
 */
const moveApart = (
  apart: Map<ApplicationNumber, Candidacy>,
  part: Part,
  { was, is, ...one }: OneSupposed & { was: readonly Candidacy[]; is: readonly Candidacy[] },
): void => {
  const asked = ratedCriteria(one.criteria[part]);
  const [before, after] = [was, is].map((all) => new Map(all.map((each) => [each.number, each])));
  for (const [number, own] of apart) {
    if (one.supposition.kind === 'criterion') {
      apart.set(number, supposeOne([own], part, one)[0] ?? own);
      continue;
    }
    const [former, later] = [before?.get(number), after?.get(number)];
    if (former && later)
      apart.set(number, withScores(own, part, movedCards(own, part, { former, later, asked })));
  }
};

const movedCards = (
  own: Candidacy,
  part: Part,
  { former, later, asked }: { former: Candidacy; later: Candidacy; asked: readonly RubricCriterion[] },
): Score[] =>
  scoresOf(later, part).map((card) => {
    const [was, kept] = [former, own].map((one) =>
      scoresOf(one, part).find((other) => isSameCard(card, other)),
    );
    if (!kept) return card;
    const moved = Object.entries(card.points).filter(([code, points]) => was?.points[code] !== points);
    return moved.length > 0 ? withPoints(kept, Object.fromEntries(moved), asked) : kept;
  });

const isSameCard = (a: Score, b: Score): boolean => a.raterId === b.raterId && a.station === b.station;

const asGranted = (
  own: Candidacy,
  part: Part,
  { grant, criteria, stations }: General & { grant: Grant },
): Candidacy => {
  const asked = ratedCriteria(criteria[part]);
  const items = (grant.corrected.items ?? []).filter((item) => item.part === part && item.raterId);
  return items.reduce<Candidacy>((one, { criterion, raterId, points }) => {
    const at = part === 'interview' ? stationOfCriterion(stations, criterion) : undefined;
    const cards = scoresOf(one, part).map((card) =>
      card.raterId === raterId && card.station === at
        ? withPoints(card, { [criterion]: points }, asked)
        : card,
    );
    return withScores(one, part, cards);
  }, own);
};

const supposeOne = (
  candidacies: readonly Candidacy[],
  part: Part,
  { supposition, raterOf, criteria, stations }: OneSupposed,
): readonly Candidacy[] => {
  if (!('part' in supposition) || supposition.part !== part) return candidacies;
  const scored = (change: (one: Candidacy, scores: readonly Score[]) => Score[]): Candidacy[] =>
    candidacies.map((one) => withScores(one, part, change(one, scoresOf(one, part))));
  switch (supposition.kind) {
    case 'criterion': {
      const asked = ratedCriteria(criteria[part]);
      const { number, criterion, points, rater } = supposition;
      const whose = rater === undefined ? undefined : raterOf(rater);
      if (!asked.some(({ code }) => code === criterion)) return candidacies;
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
