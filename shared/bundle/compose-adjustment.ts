import { severitiesOf } from '#shared/analysis/severities.ts';
import type { Adjustment, Row } from '#shared/bundle/format.ts';
import { adjustedMean, countedSeverities } from '#shared/domain/adjusted-mean.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';

type Adjusting = {
  /** As it was decided with the shortlist. */
  decided: SeverityAdjustment;
  standings: readonly Standing[];
  /** The scores that counted then. */
  scoresOf: (id: ApplicationId) => readonly Score[];
  codeOf: (rater: string) => string;
  rows: readonly Pick<Row, 'number' | 'scoring'>[];
};

/**
 * What somebody needs to adjust the scores of a statement anew, besides the ratings in its rows.
 * @throws Error when the scores do not give what was decided: then something else would be published than what the committee saw
 */
export const composeAdjustment = ({ decided, standings, ...given }: Adjusting): Adjustment => {
  const { counts, checks } = decided;
  const { scoresOf, codeOf, rows } = given;
  const adjusted = standings.filter(({ rated }) => rated);
  const severities = countedSeverities(
    severitiesOf(
      adjusted.flatMap(({ applicationId: application }) =>
        scoresOf(application).map(({ raterId: rater, total: score }) => ({ application, rater, score })),
      ),
    ).severity,
  );
  // What was corrected since rests on other points than were decided on, and stands in the place of the mean.
  const corrected = new Set(rows.flatMap(({ number, scoring }) => (scoring?.corrected ? [number] : [])));
  for (const { applicationId, number, rated } of adjusted) {
    if (corrected.has(number)) continue;
    const ratings = scoresOf(applicationId).map(({ raterId: rater, total }) => ({ rater, total }));
    if (adjustedMean(ratings, severities) !== rated?.adjusted) {
      throw new Error(`The scores of ${number} do not give what was decided on.`);
    }
  }
  const shown = new Set(rows.flatMap(({ number, scoring }) => (scoring?.ratings ? [number] : [])));
  const apart = adjusted
    .filter(({ number }) => !shown.has(number))
    .map(({ applicationId }) => {
      const known = scoresOf(applicationId).filter(({ raterId }) => severities.has(raterId));
      return known.length > 0 ? differencesOf(known, codeOf) : [{ rater: 'R0', difference: 0 }];
    })
    .toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return {
    counts,
    checks: checks.map(apart.length > 0 ? withoutReliability : asPublished),
    ...(counts === 'adjusted' && { severities: codedSeverities(severities, codeOf) }),
    apart,
  };
};

/** The differences with the reliability of all scores would give the scores themselves. */
const withoutReliability = (one: SeverityAdjustment['checks'][number]): Adjustment['checks'][number] => {
  const { check, passed, bound } = one;
  return check === 'reliability' ? { check, passed, bound } : one;
};

/** That a reliability is not known, and how sure it is, follows from the ratings, which are published. */
const asPublished = ({
  unknown: _follows,
  interval: _too,
  ...one
}: SeverityAdjustment['checks'][number]): Adjustment['checks'][number] => one;

const codedSeverities = (
  severities: ReadonlyMap<string, number>,
  codeOf: Adjusting['codeOf'],
): Adjustment['severities'] =>
  [...severities].map(([rater, severity]) => ({ rater: codeOf(rater), severity })).toSorted(byCode);

const differencesOf = (
  scores: readonly Score[],
  codeOf: Adjusting['codeOf'],
): Adjustment['apart'][number] => {
  const coded = scores
    .map(({ raterId, total }) => ({ rater: codeOf(raterId), total }))
    .toSorted((a, b) => byCode(a, b) || a.total - b.total);
  const first = coded[0]?.total ?? 0;
  return coded.map(({ rater, total }) => ({ rater, difference: differenceOf(total, first) }));
};

/** Totals have four decimals, and so has what they differ by. */
const differenceOf = (a: number, b: number): number => Math.round((a - b) * 10_000) / 10_000;

const byCode = (a: { rater: string }, b: { rater: string }): number =>
  Number(a.rater.slice(1)) - Number(b.rater.slice(1));
