import { offers as proposeOffers } from '#functions/commands/proposals/offers.ts';
import { atGate, workplace } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type StandingList, standingText } from '#shared/domain/standing.ts';
import { offersEndedIn, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** The committee ends the offers with what the system proposes. */
export const offersDecidedIn = async (world: World, roundId: RoundId): Promise<StandingList> => {
  const place = granted(await workplace(world, { by: theAdministrator, roundId }, 'offer.read'));
  const list = granted(await proposeOffers(world, granted(atGate(place))));
  const proposal = standingText(list);
  await world.records.commit({ by: theSystem, changes: [], blobs: [proposal] });
  await offersEndedIn(world, roundId, proposal.sha256);
  return { schemaVersion: 1, ...list };
};
