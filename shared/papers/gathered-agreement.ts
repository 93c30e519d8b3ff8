import { dispersionOf, isTooFar } from '#shared/analysis/dispersion.ts';
import { connectionOf } from '#shared/analysis/graph.ts';
import { anchoredIcc, type Interval } from '#shared/analysis/icc.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { analyse } from '#shared/analysis/report.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { countedInterviews } from '#shared/domain/counted-interviews.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import { stationsOf } from '#shared/domain/station.ts';
import type { Agreement, InterviewAgreement } from './agreement.ts';
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
  const drawn = new Set(round.raters?.anchors);
  const anchors = new Set(scored.flatMap((one) => (drawn.has(one.applicationId) ? [one.number] : [])));
  const counts = (scoring && lists.get(scoring)?.adjustment?.counts) ?? 'not-asked';
  const agreement = agreementIn(
    scored.flatMap((one) => ratingsOf(one, countedScores(one))),
    {
      ...of(round, file),
      anchors,
    },
  );
  return agreement ? { agreement: { ...agreement, counts } } : {};
};

/** The same of the scorecards of interviews that made totals, by station; also of interviews that were owed. */
export const gatheredInterviewAgreement = ({
  round,
  file,
  candidacies,
  owed = [],
  history,
  committee,
}: Pick<Gathered, 'round' | 'file' | 'candidacies' | 'owed' | 'history' | 'committee'>): {
  interviewAgreement?: InterviewAgreement[];
} => {
  const counted = countedInterviews({ history, committee });
  const owedTo = new Map(owed.map((one) => [one.applicationId, one]));
  const cards = candidacies.flatMap((one) =>
    [...counted.inStage(one), ...counted.owed(owedTo.get(one.applicationId))].map((card) => ({ one, card })),
  );
  const found = stationsOf(file.interviews).flatMap(({ code, title }): InterviewAgreement[] => {
    const own = cards.filter(({ card }) => card.station === code);
    const ratings = own.flatMap(({ one, card }) => ratingsOf(one, [card]));
    const agreement = agreementIn(ratings, of(round, file));
    if (!agreement) return [];
    const { groups } = connectionOf(tableOf(ratings));
    return [
      { ...(title && { station: title }), ...agreement, ...(groups > 1 && { groups }), counts: 'never' },
    ];
  });
  return found.length > 0 ? { interviewAgreement: found } : {};
};

const ratingsOf = ({ number }: Candidacy, cards: readonly Score[]): Rating[] =>
  cards.map(({ raterId: rater, total: score }) => ({ application: number, rater, score }));

type Of = { seed: string; percent: number; anchors: ReadonlySet<string> };

const of = ({ id }: Gathered['round'], { raters }: Gathered['file']): Of => ({
  seed: id,
  percent: raters.adjustmentGate.apartPercent,
  anchors: new Set(),
});

/** Undefined without any rating. */
const agreementIn = (
  ratings: readonly Rating[],
  { seed, percent, anchors }: Of,
): Omit<Agreement, 'counts'> | undefined => {
  if (ratings.length === 0) return undefined;
  const table = tableOf(ratings);
  return {
    raters: table.raters.length,
    applications: table.applications.length,
    scores: ratings.length,
    ...(table.raters.length > 1 && table.applications.length > 1 && measuresOf(ratings, anchors, seed)),
    apart: {
      percent,
      applications: dispersionOf(table).filter((one) => isTooFar(one, { lowest: 0, highest: 100, percent }))
        .length,
    },
  };
};

type Measures = Pick<Agreement, 'icc21' | 'icc2k' | 'anchored' | 'alphaOrdinal' | 'needed'>;

const measuresOf = (ratings: readonly Rating[], anchors: ReadonlySet<string>, seed: string): Measures => {
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
