import { nearLine } from '#shared/analysis/near-line.ts';
import { normalReach } from '#shared/analysis/normal.ts';
import { rankIntervals } from '#shared/analysis/ranking.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { FurtherRule } from '#shared/domain/further-rule.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, ApplicationNumber, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { errorOf, variancesIn, weightRated } from '#shared/domain/score-errors.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { isBelow } from '#shared/domain/standing-reason.ts';

/** An application in the order of the shortlist, with what chance may have done to its place. */
export type Placed = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  /** Among whom no minimum stops, as the line and `ranks` are counted: whoever misses that of a part may stand higher in the shortlist. */
  rank: number;
  /** Percent of the scale, with its standard error. */
  total: number;
  error: number;
  /** The ranks that it may have, by intervals of the rule's level. */
  ranks: [best: number, worst: number];
  /** Ratings that count, and how many of them were asked because it stood near the line. */
  ratings: number;
  further: number;
  /** Whether chance may have put it on either side of the line. */
  near: boolean;
};

type NearLineTurn = {
  /** Best first. Who is below a minimum goes on from no place and is not among them. */
  placed: Placed[];
  /** Who gets one more rating. */
  ask: ApplicationId[];
  /** Why nobody does. `unknown`: too few applications were rated twice to say how far chance goes, so nothing can be said of the line. */
  stop?: 'settled' | 'spent' | 'unknown';
};

type Rules = {
  rule: Pick<FurtherRule, 'level' | 'atMost' | 'leave'>;
  file: Pick<RoundFile, 'rubric' | 'shortlist'>;
  /** Which scores make the ranks, where the round file asks for adjusted ones, and what adjusting found of chance. */
  adjusted?: Pick<Adjusted, 'counts' | 'variances'> | undefined;
};

/**
 * Who stands near the last place of the shortlist and gets one more rating. What is compared is what the ranks go by. Of unadjusted
 * totals an error holds how severe the own raters happen to be: √((σ² + σ_β²)/n) of the mean of n ratings, with the variance components
 * of all ratings of the stage; of adjusted ones it is their own. Both times the weight of what was rated.
 */
export const nearLineTurn = (
  candidacies: readonly Candidacy[],
  standings: readonly Standing[],
  { rule, file, adjusted }: Rules,
): NearLineTurn => {
  const byId = new Map(candidacies.map((one) => [one.applicationId, one]));
  const rows = standings.flatMap(({ applicationId, total, reasons, rated }) => {
    const candidacy = byId.get(applicationId);
    return candidacy && total !== undefined && !isBelow(reasons)
      ? [{ candidacy, total, ratings: countedScores(candidacy).length, own: rated?.error }]
      : [];
  });
  const places = file.shortlist.atMost ?? rows.length;
  const counts = adjusted?.counts;
  const variances = counts === 'adjusted' ? undefined : (adjusted?.variances ?? variancesIn(candidacies));
  if (places < rows.length && counts !== 'adjusted' && !variances?.freedom) {
    return { placed: [], ask: [], stop: 'unknown' };
  }
  const share = weightRated(file);
  const scores = Float64Array.from(rows, ({ total }) => total);
  const errors = Float64Array.from(
    rows,
    ({ ratings, own }) => share * (counts === 'adjusted' ? (own ?? 0) : errorOf(variances, ratings)),
  );
  const further = Int32Array.from(rows, ({ candidacy }) => candidacy.further?.length ?? 0);
  const { best, worst } = rankIntervals(scores, errors, normalReach(rule.level / 100));
  const { group, ask, stop } = nearLine({ scores, errors, further }, { ...rule, places });
  const near = new Set(group);
  return {
    placed: rows.map(({ candidacy: { applicationId, number }, total, ratings }, item) => ({
      applicationId,
      number,
      rank: item + 1,
      total,
      error: errors[item] ?? 0,
      ranks: [best[item] ?? 0, worst[item] ?? 0],
      ratings,
      further: further[item] ?? 0,
      near: near.has(item),
    })),
    ask: ask.flatMap((item) => rows[item]?.candidacy.applicationId ?? []),
    ...(stop && { stop }),
  };
};

/**
 * What a turn followed from, as the text that each of its events names: whoever holds it and the round file can find the group again.
 * @param seed from which the raters were drawn where their loads are equal
 */
export const basisText = (
  { placed }: NearLineTurn,
  { roundId, seed, ask }: { roundId: RoundId; seed: Sha256; ask: readonly ApplicationId[] },
): { text: string; sha256: Sha256 } => {
  const standings = placed.map(({ applicationId, total, error, ranks, further }) => ({
    applicationId,
    total,
    error,
    ranks,
    further,
  }));
  const text = canonicalJson({ schemaVersion: 1, kind: 'near-line', roundId, seed, standings, ask });
  return { text, sha256: sha256Of(text) };
};
