import { type Compose, decidedList, drawOf } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { stageBefore } from '#shared/domain/stage.ts';
import { stopped } from '#shared/domain/standing.ts';
import { ok } from '#shared/result.ts';

/**
 * For a stage that changes nothing by itself: the former decision as it stands, without those who have withdrawn since.
 */
export const carried: Compose = async ({ records }, { round }) => {
  const { id: roundId, stage } = round.state;
  const before = stageBefore(stage);
  const list = before && (await decidedList(records, round.state, before));
  const known = await candidaciesOn(records, list?.standings ?? []);
  const standings = (list?.standings ?? []).map((standing) =>
    known.get(standing.applicationId)?.withdrawnAt && standing.outcome === 'goes-on'
      ? stopped(standing, 'withdrawn')
      : standing,
  );
  const gone = new Set(
    standings.flatMap((one) => (one.reasons.includes('withdrawn') ? [one.applicationId] : [])),
  );
  const departures = list?.departures?.filter(({ applicationId }) => !gone.has(applicationId)) ?? [];
  const departed = departures.length > 0 && { departures };
  return ok({ roundId, stage, ...(list && drawOf(list)), ...departed, standings });
};
