import type { Candidacy } from '#shared/domain/candidacy.ts';
import { type Committee } from '#shared/domain/committee.ts';
import {
  type CorrectedParts,
  grantedApart,
  nothingCorrected,
  withCorrected,
} from '#shared/domain/corrected.ts';
import { departing, type Outcomes, type Wanted } from '#shared/domain/departure-decisions.ts';
import { countedScorecards, scorecardsLacking } from '#shared/domain/interview.ts';
import type { Panel } from '#shared/domain/panel.ts';
import { ranked, type TieRule, weightedTotal } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Standing, stopped } from '#shared/domain/standing.ts';
import { pointReasons, type StandingReason } from '#shared/domain/standing-reason.ts';
import { interviewTotal, type Station, stationsOf } from '#shared/domain/station.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { MissingCards } from '#shared/errors.ts';

type File = Pick<RoundFile, 'interviews' | 'results' | 'minimums'>;

/** What a result is made of: both parts, in percent of the scale. */
type Parts = { scoring: number; interview: number } & Given;

/** What the scoring part was made of. */
type Given = Pick<Standing, 'marks' | 'rated'>;

/** An application with what it came to: parts that are ranked, or the standing that it has without them. */
export type Assessed = { candidacy: Candidacy; parts: Parts } | { standing: Standing };

/** How interviews were held. `passed` are times that were free until they began. */
type Held = {
  committee: Committee;
  file: File;
  passed: readonly Instant[];
  /** Who interviewed somebody at a station; the whole committee where it is nobody in particular. */
  panelOf?: (candidacy: Candidacy, station: Station) => Panel | undefined;
};

/**
 * What interviews make of those whom scoring let through. `unfinished` counts applications that still want scorecards, which `missing` names, or
 * another time.
 * Nobody is ranked who booked no interview or did not come; whose interview was called off must have had another chance first. Who was
 * stopped before stays in the list, without a rank.
 */
export const assessInterviews = (
  standings: readonly Standing[],
  candidacies: ReadonlyMap<string, Candidacy>,
  { committee, file, passed, panelOf }: Held,
): { assessed: Assessed[]; unfinished: number; missing: MissingCards[] } => {
  let unfinished = 0;
  const missing: MissingCards[] = [];
  const stations = stationsOf(file.interviews);
  const assessed = standings.map((standing): Assessed => {
    const candidacy = candidacies.get(standing.applicationId);
    if (standing.outcome === 'stops' || !candidacy) return { standing: unranked(standing) };
    if (isOwedAnother(candidacy, passed)) unfinished += 1;
    const reason = reasonWithoutInterview(candidacy);
    if (reason) return { standing: stopped(unranked(standing), reason) };
    const cards = countedScorecards(candidacy, committee);
    const lacking = stations.flatMap((station) => {
      const count = scorecardsLacking(
        candidacy,
        { committee, panel: panelOf?.(candidacy, station) },
        station,
      );
      return count > 0 ? [{ number: candidacy.number, station: station.title, count }] : [];
    });
    if (lacking.length > 0) unfinished += 1;
    missing.push(...lacking);
    if (cards.length === 0) return { standing: unranked(standing) };
    const interview = interviewTotal(cards, file.interviews);
    return { candidacy, parts: { scoring: standing.scoring ?? 0, interview, ...givenIn(standing) } };
  });
  return { assessed, unfinished, missing };
};

/** Whose interview the committee called off is out only after another time that they could have booked. */
const isOwedAnother = ({ withdrawnAt, slotId, calledOff }: Candidacy, passed: readonly Instant[]): boolean =>
  !withdrawnAt && !slotId && calledOff !== undefined && !passed.some((at) => at > calledOff.at);

const reasonWithoutInterview = ({
  withdrawnAt,
  slotId,
  missedInterview,
}: Candidacy): StandingReason | undefined => {
  if (withdrawnAt) return 'withdrawn';
  if (!slotId) return 'interview-not-booked';
  return missedInterview ? 'missed-interview' : undefined;
};

/**
 * What claims and corrections of the round make of results: corrected totals take the place of the former ones, and who has withdrawn
 * is out. Somebody who was stopped earlier is ranked once both parts are there.
 */
const assessClaims = (
  standings: readonly Standing[],
  candidacies: ReadonlyMap<string, Candidacy>,
  corrections: CorrectedParts,
): Assessed[] =>
  standings.map((before): Assessed => {
    const candidacy = candidacies.get(before.applicationId);
    const correction = corrections.of.get(before.applicationId);
    const standing = withCorrected(before, correction);
    if (!candidacy) return { standing };
    if (candidacy.withdrawnAt) return { standing: stopped(unranked(standing), 'withdrawn') };
    const corrected = grantedApart(candidacy, corrections);
    const given = givenIn(withMarks(standing, corrected.marks));
    const scoring = corrected.scoring ?? standing.scoring;
    const interview = corrected.interview ?? standing.interview;
    if (scoring !== undefined && interview !== undefined) {
      return { candidacy, parts: { scoring, interview, ...given } };
    }
    const parts = {
      ...given,
      ...(scoring !== undefined && { scoring }),
      ...(interview !== undefined && { interview }),
    };
    const isCorrected = Object.keys(corrected).length > 0 || correction?.uninvited === true;
    const reasons = isCorrected ? ['not-interviewed'] : standing.reasons;
    return { standing: { ...unranked(standing), ...parts, reasons } };
  });

const withMarks = ({ marks, rated }: Given, corrected: Given['marks']): Given => ({
  marks: corrected ? { ...marks, ...corrected } : marks,
  rated,
});

/** How results are counted anew. `wanted`: what the committee decided otherwise than by points, which it would again. */
type Anew = { file: File; rule: TieRule; corrections?: CorrectedParts; wanted?: readonly Wanted[] };

/**
 * The results after claims and corrections: those before with what was corrected, ranked anew by the same rule and the same draw, and departed from
 * as the committee does. What a correction is tried with, and every list that is drawn up after it.
 */
export const resultsAfterClaims = (
  before: readonly Standing[],
  candidacies: ReadonlyMap<string, Candidacy>,
  { file, rule, corrections = nothingCorrected, wanted = [] }: Anew,
): Outcomes => departing(resultsOf(assessClaims(before, candidacies, corrections), file, rule), wanted);

/**
 * Results in the order of their rank: totals as the round file weighs the parts, ties by its rule. An offer may go to who
 * reaches the minimum, and those of single parts.
 */
export const resultsOf = (
  assessed: readonly Assessed[],
  { interviews, results, minimums }: File,
  rule: TieRule,
): Standing[] => {
  const contenders = assessed.flatMap((one) =>
    'parts' in one ? [contender(one.candidacy, one.parts, interviews.weight)] : [],
  );
  const rankedOnes = ranked(contenders, rule).map((one, index) => {
    const reasons = pointReasons(one, results.minimumPoints, minimums);
    return standingOf(one, index + 1, reasons);
  });
  return [...rankedOnes, ...assessed.flatMap((one) => ('standing' in one ? [one.standing] : []))];
};

type Ranked = ReturnType<typeof contender>;

const standingOf = (
  { applicationId, number, scoring, interview, marks, rated, total }: Ranked,
  rank: number,
  reasons: StandingReason[],
): Standing => {
  const outcome = reasons.length === 0 ? 'goes-on' : 'stops';
  const place = { applicationId, number, outcome, reasons, scoring, interview, total, rank } as const;
  return { ...place, ...givenIn({ marks, rated }) };
};

const contender = ({ applicationId, number, facts }: Candidacy, parts: Parts, weight: number) => ({
  applicationId,
  number,
  facts,
  ...parts,
  total: weightedTotal(parts, weight),
});

const givenIn = ({ marks, rated }: Given): Given => ({ ...(marks && { marks }), ...(rated && { rated }) });

/** The rank among those who were scored says nothing among those who were interviewed. */
const unranked = ({ rank: _rank, total: _total, ...standing }: Standing): Standing => standing;
