import { rounded } from '#shared/analysis/rounding.ts';
import { severitiesOf } from '#shared/analysis/severities.ts';
import type { Variances } from '#shared/analysis/variances.ts';
import { adjustedMean, countedSeverities, type Given } from '#shared/domain/adjusted-mean.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';

/** What adjusting comes to, with the scores of each application both ways. */
export type Adjusted = SeverityAdjustment & {
  rated: ReadonlyMap<ApplicationId, RatedScores>;
  /** As they are taken away. */
  severities: ReadonlyMap<string, number>;
  /** Of all the ratings, where the same fit says it. */
  variances?: Variances;
};

/**
 * Adjusts the scores of everybody who has not withdrawn. What is adjusted are the totals of the cards that count, whatever a rater
 * abstained from; marks from outside were given by nobody here and stay as they are.
 * @param decided which scores count where that was decided before; else the diagnostics say it
 */
export const adjustedScores = (
  candidacies: readonly Candidacy[],
  decided?: SeverityAdjustment['counts'],
): Adjusted => {
  const cards = candidacies.flatMap((one) => {
    const given = one.withdrawnAt ? [] : countedScores(one);
    return given.length > 0 ? [{ id: one.applicationId, given: given.map(givenOf) }] : [];
  });
  const { severity, error, checks, variances } = severitiesOf(
    cards.flatMap(({ id: application, given }) =>
      given.map(({ rater, total: score }) => ({ application, rater, score })),
    ),
  );
  const counted = countedSeverities(severity);
  return {
    counts: decided ?? (checks.every(({ passed }) => passed) ? 'adjusted' : 'raw'),
    checks,
    ...(variances && { variances }),
    severities: counted,
    rated: new Map(
      cards.map(({ id, given }) => [
        id,
        {
          raw: meanOf(given.map(({ total }) => total)),
          adjusted: adjustedMean(given, counted),
          error: rounded(error.get(id) ?? 0),
        },
      ]),
    ),
  };
};

const givenOf = ({ raterId, total }: { raterId: string; total: number }): Given => ({
  rater: raterId,
  total,
});
