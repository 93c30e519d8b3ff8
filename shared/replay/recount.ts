import { adjustedMean } from '#shared/domain/adjusted-mean.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { Departure } from '#shared/domain/departure.ts';
import { departing, type Wanted } from '#shared/domain/departure-decisions.ts';
import { assessInterviews, resultsAfterClaims, resultsOf } from '#shared/domain/final-results.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { TieRule } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { countedScores, ratedTotal } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { suppose } from '#shared/replay/suppose.ts';
import { supposeMarks } from '#shared/replay/suppose-marks.ts';
import type { Supposed } from '#shared/replay/supposition.ts';

/** Everything that the results of a round followed from, each as it stood when the committee decided on it. */
export type Basis = {
  roundId: RoundId;
  file: Pick<RoundFile, 'rubric' | 'shortlist' | 'ties' | 'interviews' | 'results' | 'minimums'>;
  drawSeed: Sha256;
  scoring: {
    /** The list that was decided. */
    decided: readonly Standing[];
    candidacies: readonly Candidacy[];
    marksOf: (candidacy: Candidacy) => Points | undefined;
    /** Adjusts scores anew; those count that were decided to count, adjusted or not. Absent where the round file does not ask for it. */
    adjust?: (candidacies: readonly Candidacy[]) => Adjusted;
  };
  /** Absent before they were decided. */
  interviews?: { candidacies: readonly Candidacy[]; committee: Committee };
  /** What the committee decided at these stages otherwise than by points: it would again. */
  wanted?: Partial<Record<'scoring' | 'interviews' | 'claims', readonly Wanted[]>>;
  /** When the final results were decided; before that, as they stand. */
  claims: readonly Candidacy[];
};

/** What would be decided at each stage, best first. */
export type Recount = {
  scoring: Standing[];
  /** Which scores count as it was decided, and what the checks would find. */
  adjustment?: SeverityAdjustment;
  interviews?: Standing[];
  claims?: Standing[];
  /** Where the committee decides otherwise than by points after the claims. */
  departures?: readonly Departure[];
};

/**
 * Counts again from scores to final results, by the functions that the committee's proposals are drawn up with. Who was invited to an
 * interview keeps it whatever the shortlist comes to, and who was not has none: a stage that is over is not run anew.
 */
export const recount = (basis: Basis, supposed: Supposed): Recount => {
  const { roundId, file, drawSeed, wanted = {} } = basis;
  const rule = { roundId, order: file.ties.order, drawSeed };
  const { decided, marksOf, adjust } = basis.scoring;
  const candidacies = suppose(basis.scoring.candidacies, 'scoring', supposed);
  const adjusted = adjust && adjustedWith(candidacies, { basis, adjust, supposed });
  const counted = shortlist(candidacies, {
    file,
    roundId,
    drawSeed,
    marksOf: supposeMarks(marksOf, supposed),
    adjusted,
  });
  const ranked = new Set(counted.map(({ applicationId }) => applicationId));
  const others = decided.filter(({ applicationId }) => !ranked.has(applicationId));
  const scoring = [...departing(counted, wanted.scoring ?? []).standings, ...others];
  const first = {
    scoring,
    ...(adjusted && { adjustment: { counts: adjusted.counts, checks: adjusted.checks } }),
  };
  if (!basis.interviews) return first;
  const interviews = interviewResults(basis.interviews, {
    supposed,
    file,
    rule,
    before: asInvited(decided, counted),
  });
  const corrected = suppose(basis.claims, 'interview', supposed);
  const byId = new Map(corrected.map((one) => [one.applicationId, one]));
  const before = interviews.map((standing) => withTotals(standing, byId.get(standing.applicationId)));
  const final = resultsAfterClaims(before, byId, { file, rule, wanted: wanted.claims ?? [] });
  return {
    ...first,
    interviews: departing(interviews, wanted.interviews ?? []).standings,
    claims: final.standings,
    ...(final.departures && { departures: final.departures }),
  };
};

/** A total that somebody typed stays with whoever has withdrawn since, as it does in lists. */
const withTotals = (standing: Standing, candidacy: Candidacy | undefined): Standing => {
  if (!candidacy?.withdrawnAt) return standing;
  const { scoring, interview } = candidacy.corrected;
  return {
    ...standing,
    ...(scoring !== undefined && { scoring }),
    ...(interview !== undefined && { interview }),
  };
};

/**
 * What raters' severity comes to by corrections alone: a claim is about one application. Its points are adjusted by what was found for everybody.
 */
const adjustedWith = (
  candidacies: readonly Candidacy[],
  {
    basis,
    adjust,
    supposed,
  }: { basis: Basis; adjust: (candidacies: readonly Candidacy[]) => Adjusted; supposed: Supposed },
): Adjusted => {
  const suppositions = supposed.suppositions.filter(({ kind }) => kind !== 'claim');
  if (suppositions.length === supposed.suppositions.length) return adjust(candidacies);
  const adjusted = adjust(suppose(basis.scoring.candidacies, 'scoring', { ...supposed, suppositions }));
  const claimed = new Set(supposed.suppositions.flatMap((one) => (one.kind === 'claim' ? [one.number] : [])));
  const rated = new Map(adjusted.rated);
  for (const one of candidacies) {
    const former = claimed.has(one.number) ? rated.get(one.applicationId) : undefined;
    const raw = former && ratedTotal(one);
    if (!former || raw === undefined) continue;
    const given = countedScores(one).map(({ raterId, total }) => ({ rater: raterId, total }));
    rated.set(one.applicationId, { ...former, raw, adjusted: adjustedMean(given, adjusted.severities) });
  }
  return { ...adjusted, rated };
};

/** The decided list with the points that were counted: its outcomes stand. */
const asInvited = (decided: readonly Standing[], counted: readonly Standing[]): Standing[] => {
  const byId = new Map(counted.map((one) => [one.applicationId, one]));
  return decided.map((standing) => {
    const { scoring, marks, rated, total, rank } = byId.get(standing.applicationId) ?? {};
    return scoring === undefined
      ? standing
      : {
          ...standing,
          scoring,
          ...(marks && { marks }),
          ...(rated && { rated }),
          ...(total !== undefined && { total }),
          ...(rank !== undefined && { rank }),
        };
  });
};

type Interviewed = { supposed: Supposed; file: Basis['file']; rule: TieRule; before: readonly Standing[] };

const interviewResults = (
  { candidacies, committee }: NonNullable<Basis['interviews']>,
  { supposed, file, rule, before }: Interviewed,
): Standing[] => {
  const byId = new Map(suppose(candidacies, 'interview', supposed).map((one) => [one.applicationId, one]));
  const { assessed } = assessInterviews(before, byId, { committee, file, passed: [] });
  return resultsOf(assessed, file, rule);
};
