import { dispersionOf, isTooFar } from '#shared/analysis/dispersion.ts';
import { anchoredIcc, type Interval } from '#shared/analysis/icc.ts';
import { tableOf } from '#shared/analysis/ratings.ts';
import { analyse } from '#shared/analysis/report.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Agreement } from './agreement.ts';
import type { Gathered } from './gathered.ts';

/**
 * How far raters agreed, over every score of an application that came to scoring and that counted; also of people who withdrew later, who
 * were scored like the others. The same numbers as on the page of charts: the draws behind α's interval come from the round.
 */
export const gatheredAgreement = ({
  round,
  file,
  candidacies,
  lists,
}: Pick<Gathered, 'round' | 'file' | 'candidacies' | 'lists'>): { agreement?: Agreement } => {
  const { screening, scoring } = round.decisions;
  const admitted = new Set(
    ((screening && lists.get(screening)?.standings) ?? []).flatMap(({ applicationId, outcome }) =>
      outcome === 'goes-on' ? [applicationId] : [],
    ),
  );
  const scored = candidacies.filter(({ applicationId }) => admitted.has(applicationId));
  const ratings = scored.flatMap((one) =>
    countedScores(one).map(({ raterId: rater, total: score }) => ({ application: one.number, rater, score })),
  );
  if (ratings.length === 0) return {};
  const table = tableOf(ratings);
  const percent = file.raters.adjustmentGate.apartPercent;
  const drawn = new Set(round.raters?.anchors);
  const anchors = new Set(scored.flatMap((one) => (drawn.has(one.applicationId) ? [one.number] : [])));
  const counts = (scoring && lists.get(scoring)?.adjustment?.counts) ?? 'not-asked';
  return {
    agreement: {
      raters: table.raters.length,
      applications: table.applications.length,
      scores: ratings.length,
      ...(table.raters.length > 1 && table.applications.length > 1 && measuresOf(ratings, anchors, round.id)),
      apart: {
        percent,
        applications: dispersionOf(table).filter((one) => isTooFar(one, { lowest: 0, highest: 100, percent }))
          .length,
      },
      counts,
    },
  };
};

type Measures = Pick<Agreement, 'icc21' | 'icc2k' | 'anchored' | 'alphaOrdinal' | 'needed'>;

const measuresOf = (
  ratings: Parameters<typeof analyse>[0],
  anchors: ReadonlySet<string>,
  seed: string,
): Measures => {
  const { reliability: measured, oneRater } = analyse(ratings, seed).report;
  const { icc21, icc2k, iccInterval, alphaOrdinal, alphaInterval } = measured;
  const needed = oneRater.ratersNeeded.flatMap(({ reliability, raters }) =>
    raters === null ? [] : [{ reliability, raters: rounded(raters) }],
  );
  const anchored = anchoredIcc(ratings, anchors);
  return {
    ...(icc21 !== null && { icc21: measure(icc21, oneRater.iccInterval) }),
    ...(icc2k !== null && { icc2k: measure(icc2k, iccInterval) }),
    ...(anchored && {
      anchored: {
        ...measure(anchored.single, anchored.singleInterval),
        raters: anchored.raters,
        applications: anchored.applications,
      },
    }),
    ...(alphaOrdinal !== null && { alphaOrdinal: measure(alphaOrdinal, alphaInterval) }),
    ...(needed.length > 0 && { needed }),
  };
};

const measure = (value: number, interval?: Interval | null): NonNullable<Agreement['icc21']> => ({
  value: rounded(value),
  ...(interval && { interval: [rounded(interval[0]), rounded(interval[1])] }),
});
