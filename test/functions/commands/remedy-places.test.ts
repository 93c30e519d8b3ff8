import { describe, expect, it } from 'vitest';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { capacityView } from '#functions/commands/capacity-view.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { anOffersRoundIn, deliverOffersIn, offersIn, theAdministrator } from '#test/builders/offers.ts';
import {
  aWrongedRound,
  declinesIn,
  granting,
  holdsIn,
  proposing,
  remediesIn,
  secondAdministrator,
  twoPosts,
  waitingIn,
  wantsOne,
} from '#test/builders/remedies.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

describe('the next free place, given to somebody who was wronged', () => {
  it('goes to them before who waits for it, once a second person has confirmed it', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    expect(await waitingIn(play, 2)).toBe(2);

    granted(await grantRemedy(world, granting(scene, 0)));
    expect([await waitingIn(play, 1), await waitingIn(play, 2)]).toEqual([2, 1]);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open']);
    await declinesIn(play, 0);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '2 MAT-001 open']);
    expect(await remediesIn(play)).toMatchObject([{ status: 'granted', owed: [] }]);
    expect(await holdsIn(play)).toBe(true);
  });

  it('takes no offer from anybody, and ends with the offer that it made', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    granted(await grantRemedy(world, granting(scene, 0)));
    granted(await acceptOffer(world, await offerTo(world, scene, 0)));
    await askNext(world, scene);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted']);
    expect(await remediesIn(play)).toMatchObject([{ status: 'granted', owed: ['MAT-001'] }]);
  });

  it('goes by rank again once they decline it', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    granted(await grantRemedy(world, granting(scene, 0)));
    await declinesIn(play, 0);
    await declinesIn(play, 2);

    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 declined',
      '1 MAT-001 open',
      '2 MAT-001 declined',
    ]);
    expect(await holdsIn(play)).toBe(true);
  });

  it('waits with everything else until the first offers are let out', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [wantsOne, wantsOne, wantsOne], twoPosts);
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    granted(await grantRemedy(world, granting(scene, 0)));
    await deliverOffersIn(world);
    expect(await offersIn(world, scene)).toEqual([]);

    const { roundId } = scene;
    expect(granted(await previewOffers(world, { by: theAdministrator, roundId })).wave).toMatchObject([
      { number: 'KZ19-AAAA-0002', vacancy: 'MAT-001' },
    ]);
    granted(await releaseOffers(world, { by: theAdministrator, roundId, confirmed: 1 }));
    await deliverOffersIn(world);
    expect(await offersIn(world, scene)).toEqual(['2 MAT-001 open']);
    expect(await holdsIn({ world, scene })).toBe(true);
  });
});

describe('a place that is added for somebody who was wronged', () => {
  it('is offered to them at once, is told as a changed number of posts, and its seat counts', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'extra-place')));
    expect(await remediesIn(play)).toMatchObject([{ status: 'waiting', offers: 1 }]);

    granted(await grantRemedy(world, granting(scene, 1)));
    await deliverOffersIn(world);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '2 MAT-001 open']);
    const seats = await world.records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-001')));
    expect(seats?.state.capacity).toBe(2);
    const view = granted(await capacityView(world, { by: theAdministrator, roundId: scene.roundId }));
    expect(view.changes).toMatchObject([{ from: 1, posts: 2, status: 'confirmed', by: theAdministrator.id }]);
    expect(await holdsIn(play)).toBe(true);
  });

  it('takes the place of a number that waits for the vacancy and does not know of it', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    const number = { by: theAdministrator, roundId: scene.roundId, vacancy: 'MAT-001', posts: '3' };
    granted(await proposeCapacity(world, { ...number, reason: 'A class opened.' }));
    granted(await proposeRemedy(world, proposing(scene, 'extra-place')));
    granted(await grantRemedy(world, granting(scene, 1)));

    const stale = { by: secondAdministrator, roundId: scene.roundId, change: 1, confirmed: 1 };
    expect(await confirmCapacity(world, stale)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });
});
