import { correctedIn } from '#functions/commands/corrected.ts';
import { type Compose, decidedList, drawOf } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { resultsAfterClaims } from '#shared/domain/final-results.ts';
import { stageBefore } from '#shared/domain/stage.ts';
import { stopped } from '#shared/domain/standing.ts';
import { ok } from '#shared/result.ts';

/**
 * For a stage that changes nothing by itself: the former decision as it stands, without those who have withdrawn since, and ranked anew where
 * the round was corrected.
 */
export const carried: Compose = async ({ records }, { round, file }) => {
  const { id: roundId, stage } = round.state;
  const before = stageBefore(stage);
  const list = before && (await decidedList(records, round.state, before));
  const known = await candidaciesOn(records, list?.standings ?? []);
  const corrected = await correctedIn(records, roundId);
  if (!corrected.ok) return corrected;
  const corrections = corrected.value;
  const draw = list && drawOf(list);
  const standings =
    corrections.of.size > 0 && draw
      ? resultsAfterClaims(list.standings, known, {
          file,
          rule: { roundId, order: file.ties.order, drawSeed: draw.drawSeed },
          corrections,
        })
      : (list?.standings ?? []).map((standing) =>
          known.get(standing.applicationId)?.withdrawnAt && standing.outcome === 'goes-on'
            ? stopped(standing, 'withdrawn')
            : standing,
        );
  const gone = new Set(
    standings.flatMap((one) => (one.reasons.includes('withdrawn') ? [one.applicationId] : [])),
  );
  const departures = list?.departures?.filter(({ applicationId }) => !gone.has(applicationId)) ?? [];
  const departed = departures.length > 0 && { departures };
  return ok({ roundId, stage, ...draw, ...departed, standings });
};
