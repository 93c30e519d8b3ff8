import { dispersionOf } from '#shared/analysis/dispersion.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import type { Candidacy, CandidacyEvent, Score } from '#shared/domain/candidacy.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import type { Criterion, RubricCriterion } from '#shared/domain/round-file.ts';
import { type Points, pointFaults, totalOf, totalWith } from '#shared/domain/rubric.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A rater's scorecard, whole and on the scale. The same points again change nothing; others replace the own earlier ones. */
export const giveScore = (
  candidacy: Candidacy,
  { raterId, points }: { raterId: PersonId; points: Points },
  criteria: readonly Criterion[],
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  if (candidacy.withdrawnAt) return refuse({ kind: 'not-in-stage' });
  if (!candidacy.raters.includes(raterId)) return refuse({ kind: 'not-assigned' });
  const faults = pointFaults(criteria, points);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const before = scoreBy(candidacy, raterId);
  if (before && criteria.every(({ code }) => before.points[code] === points[code])) return ok([]);
  const score: Score = { raterId, points: { ...points }, total: totalOf(criteria, points), at: now };
  return ok([{ type: 'score-given', at: now, score }]);
};

export const scoreBy = ({ scores }: Candidacy, raterId: PersonId): Score | undefined =>
  scores.find((score) => score.raterId === raterId);

/** Scores that count: those of the raters who are assigned, also when they have left the committee since. */
export const countedScores = ({ scores, raters }: Candidacy): Score[] =>
  scores.filter(({ raterId }) => raters.includes(raterId));

/** What the round file says of raters. */
export type RaterRule = {
  perApplication: number;
  /** Percent of the scale. */
  adjustmentGate: { apartPercent: number };
};

/**
 * How many raters an application wants: as many as the round file says, and one more once the scores of so many lie further
 * apart than it allows. Until that one more was asked, a rater who corrects the own score may bring them together again;
 * from then on their score is owed (`owedScores`).
 */
export const ratersWanted = (
  candidacy: Candidacy,
  { perApplication, adjustmentGate: { apartPercent: percent } }: RaterRule,
): number => {
  const { applicationId: application } = candidacy;
  const counted = countedScores(candidacy);
  if (counted.length < perApplication) return perApplication;
  const table = tableOf(counted.map(({ raterId: rater, total: score }) => ({ application, rater, score })));
  const [apart] = dispersionOf(table, { lowest: 0, highest: 100, percent });
  return apart?.needsAnother ? perApplication + 1 : perApplication;
};

/** How many scores are still owed: by raters who were asked, and by raters who are still to be found. */
export const owedScores = (candidacy: Candidacy, rule: RaterRule): number =>
  candidacy.withdrawnAt
    ? 0
    : Math.max(candidacy.raters.length, ratersWanted(candidacy, rule)) - countedScores(candidacy).length;

/** The mean of the counted scores, over the criteria that raters give points for; undefined without any. */
export const ratedTotal = (candidacy: Candidacy): number | undefined => {
  const counted = countedScores(candidacy);
  return counted.length === 0 ? undefined : meanOf(counted.map(({ total }) => total));
};

/**
 * The mean of the counted scores with the marks from outside, or what a claim put in its place; undefined without either.
 * @param marks points at each criterion that is marked from outside
 */
export const scoringTotal = (
  candidacy: Candidacy,
  criteria: readonly RubricCriterion[],
  marks: Points,
): number | undefined => {
  if (candidacy.corrected.scoring !== undefined) return candidacy.corrected.scoring;
  const rated = ratedTotal(candidacy);
  return rated === undefined ? undefined : totalWith(criteria, rated, marks);
};

/** What a rater may see of an application's scores: the own one, and the others' once the own is in. */
export const scoresSeenBy = (candidacy: Candidacy, raterId: PersonId): { own?: Score; others?: Score[] } => {
  const own = scoreBy(candidacy, raterId);
  return own ? { own, others: countedScores(candidacy).filter((score) => score !== own) } : {};
};
