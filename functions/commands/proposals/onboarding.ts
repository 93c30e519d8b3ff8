import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn, eachOf } from '#functions/commands/selection.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { type Placement, placementAggregate } from '#shared/domain/placement.ts';
import { openItems, outstanding } from '#shared/domain/placement-decisions.ts';
import { type Standing, stopped } from '#shared/domain/standing.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Who has begun. Refused as `unfinished-work` while a required item of a placement is not done; optional ones may stay open and
 * are named.
 */
export const onboarding: Compose = async ({ records }, { round }) => {
  const { id: roundId, stage } = round.state;
  const placed = (await decidedList(records, round.state, 'offers'))?.standings ?? [];
  const going = placed.filter(({ outcome }) => outcome === 'goes-on');
  const placements = await placementsOn(records, going);
  const unfinished = [...placements.values()].filter((one) => outstanding(one).length > 0);
  if (unfinished.length > 0)
    return refuse({ kind: 'unfinished-work', remaining: unfinished.length, of: 'placements' });
  const standings = going.map((standing) => standingOf(standing, placements.get(standing.applicationId)));
  return ok({ roundId, stage, standings });
};

/** The placements that still stand, by application, each read by its id. */
const placementsOn = async (
  records: Pick<Records, 'find'>,
  standings: readonly Standing[],
): Promise<Map<ApplicationId, Placement>> => {
  const candidacies = [...(await candidaciesOn(records, standings)).values()];
  const ids = candidacies.flatMap((candidacy) => acceptedOffer(candidacy)?.placementId ?? []);
  const found = await eachOf(ids, 32, (id) => records.find(placementAggregate, id));
  return new Map(
    found.flatMap((one) =>
      one && one.state.status !== 'closed' ? [[one.state.applicationId, one.state]] : [],
    ),
  );
};

const standingOf = (standing: Standing, placement: Placement | undefined): Standing => {
  if (!placement) return stopped(standing, 'withdrawn');
  const reasons = openItems(placement).map(({ code }) => `outstanding:${code}` satisfies StandingReason);
  return { ...standing, outcome: 'goes-on', reasons };
};
