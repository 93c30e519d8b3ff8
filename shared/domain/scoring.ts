import { dispersionOf, isTooFar } from '#shared/analysis/dispersion.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import type { Candidacy, CandidacyEvent, Score } from '#shared/domain/candidacy.ts';
import { type CardForm, draftCard, giveCard, type OwnCards } from '#shared/domain/card.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import { importedCriteria, type Points, totalWith } from '#shared/domain/rubric.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CandidacyEvent[], Refusal>;

/** A rater's card, or a better one in its place (`giveCard`). */
export const giveScore = (
  candidacy: Candidacy,
  saved: Parameters<typeof giveCard>[1],
  form: CardForm,
  now: Instant,
): Decision => {
  const rates = ratesNow(candidacy, saved.raterId);
  if (!rates.ok) return rates;
  const score = giveCard(ownScore(candidacy, saved.raterId), saved, form, now);
  if (!score.ok) return score;
  return ok(score.value ? [{ type: 'score-given', at: now, score: score.value }] : []);
};

/** The same card before it is finished. */
export const draftScore = (
  candidacy: Candidacy,
  saved: Parameters<typeof draftCard>[1],
  form: CardForm,
  now: Instant,
): Decision => {
  const rates = ratesNow(candidacy, saved.raterId);
  if (!rates.ok) return rates;
  const draft = draftCard(ownScore(candidacy, saved.raterId), saved, form, now);
  if (!draft.ok) return draft;
  return ok(draft.value ? [{ type: 'score-drafted', at: now, draft: draft.value }] : []);
};

/**
 * A rater hands an application back that they cannot judge, for a reason. They are not asked for it again. Refused as `not-in-stage`
 * once their score is in: it stays, and what is left to them is to change it.
 */
export const declineRating = (
  candidacy: Candidacy,
  { raterId: rater, reason }: { raterId: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  const rates = ratesNow(candidacy, rater);
  if (!rates.ok) return rates;
  if (scoreBy(candidacy, rater)) return refuse({ kind: 'not-in-stage' });
  return ok([{ type: 'rater-declined', at: now, rater, reason }]);
};

const ratesNow = ({ withdrawnAt, raters }: Candidacy, raterId: PersonId): Result<void, Refusal> => {
  if (withdrawnAt) return refuse({ kind: 'not-in-stage' });
  return raters.includes(raterId) ? ok(undefined) : refuse({ kind: 'not-assigned' });
};

export const scoreBy = ({ scores }: Candidacy, raterId: PersonId): Score | undefined =>
  scores.find((score) => score.raterId === raterId);

/** What a rater has saved, given or not. */
export const ownScore = (candidacy: Candidacy, raterId: PersonId): OwnCards => ({
  given: scoreBy(candidacy, raterId),
  draft: candidacy.drafts?.find((draft) => draft.raterId === raterId),
});

/** Whether a rater has saved anything, given or put aside. */
export const hasBegun = (candidacy: Candidacy, raterId: PersonId): boolean => {
  const { given, draft } = ownScore(candidacy, raterId);
  return given !== undefined || draft !== undefined;
};

/** The cards of the raters who are assigned, also of those who have left the committee since. */
export const givenScores = ({ scores, raters }: Candidacy): Score[] =>
  scores.filter(({ raterId }) => raters.includes(raterId));

/** Scores that count: the same without cards that judge too little. */
export const countedScores = (candidacy: Candidacy): Score[] =>
  givenScores(candidacy).filter(({ counts }) => counts !== false);

/** What the round file says of raters. */
export type RaterRule = {
  perApplication: number;
  /** Percent of the scale. */
  adjustmentGate: { apartPercent: number };
};

/**
 * How many raters an application wants: as many as the round file says, one more for each card that judges too little to count, one more
 * once the scores of so many lie further apart than it allows, or none of them judges a criterion, and those who were asked because it stands
 * near the line. Until the one for scores apart was asked, a rater who corrects the own score may bring them together again; from then on
 * their score is owed (`owedScores`).
 */
export const ratersWanted = (candidacy: Candidacy, rule: RaterRule): number =>
  rule.perApplication +
  (givenScores(candidacy).length - countedScores(candidacy).length) +
  (liesApart(candidacy, rule) ? 1 : 0) +
  (candidacy.further?.length ?? 0);

/** Whether all first scores are in and lie further apart than the round file allows, or leave a criterion without any. */
export const liesApart = (
  candidacy: Candidacy,
  { perApplication, adjustmentGate: { apartPercent: percent } }: RaterRule,
): boolean => {
  const { applicationId: application } = candidacy;
  const counted = countedScores(candidacy);
  if (counted.length < perApplication) return false;
  if (unjudged(counted).length > 0) return true;
  const table = tableOf(counted.map(({ raterId: rater, total: score }) => ({ application, rater, score })));
  return dispersionOf(table).some((one) => isTooFar(one, { lowest: 0, highest: 100, percent }));
};

/** Criteria from which everybody abstained. */
const unjudged = ([first, ...others]: readonly Score[]): string[] =>
  (first?.abstained ?? []).filter((code) => others.every(({ abstained = [] }) => abstained.includes(code)));

/** How many scores are still owed: by raters who were asked, and by raters who are still to be found. */
export const owedScores = (candidacy: Candidacy, rule: RaterRule): number =>
  candidacy.withdrawnAt
    ? 0
    : Math.max(candidacy.raters.length, ratersWanted(candidacy, rule)) - givenScores(candidacy).length;

/** The mean of the counted scores, over the criteria that raters give points for; undefined without any. */
export const ratedTotal = (candidacy: Candidacy): number | undefined => {
  const counted = countedScores(candidacy);
  return counted.length === 0 ? undefined : meanOf(counted.map(({ total }) => total));
};

/**
 * The mean of the counted scores with the marks from outside, or what a claim put in its place; undefined without either, and while
 * marks are missing.
 * @param marks points at each criterion that is marked from outside; undefined while one of them is missing
 * @param rated what the raters came to, where that is not the mean
 */
export const scoringTotal = (
  candidacy: Candidacy,
  criteria: readonly RubricCriterion[],
  marks: Points | undefined,
  rated: number | undefined = ratedTotal(candidacy),
): number | undefined => {
  if (candidacy.corrected.scoring !== undefined) return candidacy.corrected.scoring;
  if (rated === undefined || (!marks && importedCriteria(criteria).length > 0)) return undefined;
  return totalWith(criteria, rated, marks ?? {});
};

/**
 * What a rater may see of an application's scores: the own one, and the others' once the own is in. From whom it was taken since, sees
 * nothing of what others give.
 */
export const scoresSeenBy = (candidacy: Candidacy, raterId: PersonId): { own?: Score; others?: Score[] } => {
  const own = scoreBy(candidacy, raterId);
  if (!own || !candidacy.raters.includes(raterId)) return own ? { own } : {};
  return { own, others: countedScores(candidacy).filter((score) => score !== own) };
};
