import { describe, expect, it } from 'vitest';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aFirstPart, factsOf, letGo, previewed } from '#test/builders/offer-parts.ts';
import { deliverOffersIn, offersIn } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

describe('a part that waits while an offer is past its deadline', () => {
  it('is shown and confirmed as it is, so nobody is let go whom nobody counted', async () => {
    const { world, scene } = await aFirstPart();
    const due = [await offerTo(world, scene, 0), await offerTo(world, scene, 1)];
    const { state } = (await previewed(world, scene)).contenders[0] ?? {};
    world.clock.to(state?.offers[0]?.expiresAt ?? world.clock.now());

    const { waiting } = await previewed(world, scene);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);
    const early = await offersIn(world, scene);
    for (const offer of due) granted(await lapseOffer(world, offer));
    await askNext(world, scene);

    expect(waiting.map(({ place }) => place)).toEqual([3]);
    expect(await factsOf(world, scene, 'offers-released')).toMatchObject([
      { recipients: 2 },
      { recipients: 1 },
    ]);
    expect(early).toHaveLength(2);
    expect(await offersIn(world, scene)).toContain('2 MAT-001 open');
  });
});
