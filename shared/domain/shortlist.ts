import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { ranked } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { scoringTotal } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { RatedScores } from '#shared/domain/severity-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { pointReasons } from '#shared/domain/standing-reason.ts';

export type ShortlistRule = {
  file: Pick<RoundFile, 'rubric' | 'shortlist' | 'ties' | 'minimums'>;
  roundId: RoundId;
  drawSeed: Sha256;
  /** Points from outside of an application; undefined while one of them is missing. */
  marksOf: (candidacy: Candidacy) => Points | undefined;
  /** What adjusting the scores comes to, where the round file asks for it. */
  adjusted?: Adjusted | undefined;
};

/**
 * Who is invited to an interview by the round file's shortlist: everyone who has a total, best first, with rank and outcome. Who has
 * withdrawn, was not scored or lacks a mark is left out.
 */
export const shortlist = (
  candidacies: readonly Candidacy[],
  { file, roundId, drawSeed, marksOf, adjusted }: ShortlistRule,
): Standing[] => {
  const contenders = candidacies.flatMap((one): Listed[] => {
    const marks = marksOf(one);
    if (one.withdrawnAt || !marks) return [];
    const rated = adjusted?.rated.get(one.applicationId);
    const total = scoringTotal(one, file.rubric.criteria, marks, adjusted && rated?.[adjusted.counts]);
    return total === undefined ? [] : [{ ...one, total, marks, ...(rated && { rated }) }];
  });
  const rule = { roundId, order: file.ties.order, drawSeed };
  const { minimumPoints, atMost = Infinity } = file.shortlist;
  let reaching = 0;
  return ranked(contenders, rule).map((one, index) => {
    const reasons: string[] = pointReasons(one, minimumPoints, file.minimums);
    if (reasons.length === 0) reaching += 1;
    // Whoever misses a minimum takes nobody's place, however high they stand.
    if (reasons.length === 0 && reaching > atMost) reasons.push('beyond-limit');
    return standingOf(one, index + 1, reasons);
  });
};

type Listed = Candidacy & { total: number; marks: Points; rated?: RatedScores };

const standingOf = (
  { applicationId, number, total, marks, rated }: Listed,
  rank: number,
  reasons: string[],
): Standing => {
  const outcome = reasons.length === 0 ? 'goes-on' : 'stops';
  const imported = Object.keys(marks).length > 0 && { marks: { ...marks } };
  const given = { ...imported, ...(rated && { rated }) };
  return { applicationId, number, outcome, reasons, scoring: total, ...given, total, rank };
};
