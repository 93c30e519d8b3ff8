import { correctedIn } from '#functions/commands/corrected.ts';
import { type Compose, decidedList, drawOf } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { decidedIn, type Outcomes } from '#shared/domain/departure-decisions.ts';
import { resultsAfterClaims } from '#shared/domain/final-results.ts';
import { stageBefore } from '#shared/domain/stage.ts';
import { type StandingList, stopped } from '#shared/domain/standing.ts';
import { ok } from '#shared/result.ts';

/**
 * For a stage that changes nothing by itself: the former decision as it stands, without those who have withdrawn since, and counted anew where
 * the round was corrected.
 */
export const carried: Compose = async ({ records }, { round, file }) => {
  const { id: roundId, stage } = round.state;
  const before = stageBefore(stage);
  const list = before && (await decidedList(records, round.state, before));
  if (!list) return ok({ roundId, stage, standings: [] });
  const known = await candidaciesOn(records, list.standings);
  const corrected = await correctedIn(records, roundId);
  if (!corrected.ok) return corrected;
  const corrections = corrected.value;
  const draw = drawOf(list);
  const rule = draw && { roundId, order: file.ties.order, drawSeed: draw.drawSeed };
  const results =
    corrections.of.size > 0 && rule
      ? resultsAfterClaims(list.standings, known, { file, rule, corrections, wanted: decidedIn(list) })
      : withoutGone(list, known);
  return ok({ roundId, stage, ...draw, ...results });
};

const withoutGone = (
  { standings, departures = [] }: StandingList,
  known: ReadonlyMap<string, Candidacy>,
): Outcomes => {
  const left = standings.map((standing) =>
    known.get(standing.applicationId)?.withdrawnAt && standing.outcome === 'goes-on'
      ? stopped(standing, 'withdrawn')
      : standing,
  );
  const gone = new Set(left.flatMap((one) => (one.reasons.includes('withdrawn') ? [one.applicationId] : [])));
  const kept = departures.filter(({ applicationId }) => !gone.has(applicationId));
  return { standings: left, ...(kept.length > 0 && { departures: kept }) };
};
