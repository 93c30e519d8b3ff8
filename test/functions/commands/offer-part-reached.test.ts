import { describe, expect, it } from 'vitest';
import { stopOffers } from '#functions/commands/offer-release.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { ownWaiting } from '#functions/commands/waiting-list.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aFirstPart, letGo, stopping } from '#test/builders/offer-parts.ts';
import { deliverOffersIn, type OffersScene } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';

const waitingOf = async (world: World, { people }: OffersScene, who: number) => {
  const { personId, applicationId } = nth(people, who);
  return granted(await ownWaiting(world, { by: { personId }, applicationId }));
};

describe('whoever offers have reached', () => {
  it('is told that a correction stops them, though they stand behind everybody since', async () => {
    const { world, scene } = await aFirstPart();

    await correctedResultsIn(world, scene, [0, 2]);

    expect(await waitingOf(world, scene, 1)).toMatchObject({ places: [], stopped: true });
    expect(await waitingOf(world, scene, 3)).toMatchObject({ places: [], stopped: true });
  });

  it('stays so where a correction puts somebody before them, and after a stop that a smaller part follows', async () => {
    const { world, scene } = await aFirstPart();
    await correctedResultsIn(world, scene, [0, 2, 3, 1]);
    const moved = await waitingOf(world, scene, 1);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 1)), reason: 'terms' }));
    granted(await stopOffers(world, stopping(scene)));

    granted(await letGo(world, scene, 1));

    expect(moved.places).toEqual([]);
    expect((await waitingOf(world, scene, 1)).places).toBeDefined();
  });
});
