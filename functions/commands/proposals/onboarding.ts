import { allPlacements } from '#functions/commands/placement-list.ts';
import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import type { Placement } from '#shared/domain/placement.ts';
import { openItems, outstanding } from '#shared/domain/placement-decisions.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Who has begun. Refused as `unfinished-work` while a required item of a placement is not done; optional ones may stay open and
 * are named.
 */
export const onboarding: Compose = async ({ records }, { round }) => {
  const { id: roundId, stage } = round.state;
  const placements = (await allPlacements(records, roundId)).map(({ state }) => state);
  const unfinished = placements.filter((one) => one.status !== 'closed' && outstanding(one).length > 0);
  if (unfinished.length > 0) return refuse({ kind: 'unfinished-work', remaining: unfinished.length });
  const placed = await decidedList(records, round.state, 'offers');
  const standings = (placed?.standings ?? [])
    .filter(({ outcome }) => outcome === 'goes-on')
    .map((standing) => standingOf(standing, placements));
  return ok({ roundId, stage, standings });
};

const standingOf = (standing: Standing, placements: readonly Placement[]): Standing => {
  const own = placements.filter(({ applicationId }) => applicationId === standing.applicationId);
  const placement = own.find(({ status }) => status !== 'closed');
  if (!placement) return { ...standing, outcome: 'stops', reasons: ['withdrawn'] };
  const reasons = openItems(placement).map(({ code }) => `outstanding:${code}`);
  return { ...standing, outcome: 'goes-on', reasons };
};
