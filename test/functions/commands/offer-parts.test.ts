import { describe, expect, it } from 'vitest';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { ownWaiting } from '#functions/commands/waiting-list.ts';
import { answerBy } from '#shared/domain/offer.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { aFirstPart, factsOf, letGo, one, previewed, second } from '#test/builders/offer-parts.ts';
import {
  anOffersRoundIn,
  aVacancy,
  candidaciesIn,
  deliverOffersIn,
  offersIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { letterReturned } from '#test/builders/returned.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

describe('a part of the offers', () => {
  it('tells the next people of the ranking alone, and counts the others who wait', async () => {
    const { world, scene } = await aFirstPart();

    const { waiting, letting, wave } = await previewed(world, scene);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-001 open']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(2);
    expect(waiting.map(({ place, vacancy }) => `${place} ${vacancy}`)).toEqual(['3 MAT-001']);
    expect(letting).toMatchObject({ isHeldBack: true, through: 2, onTheirWay: 0 });
    expect(wave).toHaveLength(1);
    expect(await askNext(world, scene)).toBe(0);
  });

  it('shows those whom it has not reached no place behind others', async () => {
    const { world, scene } = await aFirstPart();
    const placesOf = async (who: number) => {
      const person = scene.people[who];
      if (!person) throw new Error('Nobody.');
      const { personId, applicationId } = person;
      return granted(await ownWaiting(world, { by: { personId }, applicationId })).places;
    };

    expect(await placesOf(1)).toEqual([]);
    expect([await placesOf(2), await placesOf(3)]).toEqual([undefined, undefined]);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);
    expect(await placesOf(3)).toHaveLength(1);
  });

  it('is followed by no offer to somebody behind it, whatever is declined', async () => {
    const world = aWorld();
    const people = [one, { choices: ['MAT-002', 'MAT-001'] }, one];
    const scene = await anOffersRoundIn(world, people);
    granted(await letGo(world, scene, 1));
    await deliverOffersIn(world);

    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    const asked = await askNext(world, scene);
    const { part } = await previewed(world, scene);

    expect(asked).toBe(0);
    // The second is due the post that they would rather have, which nobody has told them yet; the free one goes to the third.
    expect(part.offers.map(({ place, vacancy }) => `${place} ${vacancy}`)).toEqual([
      '2 MAT-002',
      '3 MAT-001',
    ]);
  });

  it('gives each person the time to answer from the day on which they were told', async () => {
    const { world, scene } = await aFirstPart();
    const { file } = await previewed(world, scene);
    const first = world.clock.now();
    world.clock.to(at('2022-11-15T05:00'));

    granted(await letGo(world, scene));
    await deliverOffersIn(world);

    const until = (await candidaciesIn(world, scene)).map(({ offers }) => offers[0]?.expiresAt);
    const [early, late] = [answerBy(file, first), answerBy(file, at('2022-11-15T05:00'))];
    expect(until).toEqual([early, early, late, undefined]);
    expect(late > early).toBe(true);
  });

  it('of two people who press at once is let go once', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [one, one, one], [aVacancy('MAT-001', { posts: 3 })]);
    const command = { roundId: scene.roundId, confirmed: 2, through: 2 };
    world.records.interfere(() => releaseOffers(world, { ...command, by: second }));

    granted(await releaseOffers(world, { ...command, by: theAdministrator }));
    await deliverOffersIn(world);
    granted(await releaseOffers(world, { ...command, by: second }));
    await deliverOffersIn(world);

    expect(await factsOf(world, scene, 'offers-released')).toEqual([
      expect.objectContaining({ recipients: 2, part: { through: 2, left: 1 } }),
    ]);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-001 open']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(2);
  });

  it('is refused when the offers up to that place are no longer those that were looked at', async () => {
    const { world, scene } = await aFirstPart();
    const command = { by: theAdministrator, roundId: scene.roundId, confirmed: 2, through: 4 };

    expect(await releaseOffers(world, command)).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 1, confirmed: 2 },
    });
  });

  it('goes on where it broke off, and no further than it was let go', async () => {
    const world = aWorld();
    const many = Array.from({ length: 20 }, () => one);
    const scene = await anOffersRoundIn(world, many, [aVacancy('MAT-001', { posts: 40 })]);
    granted(await letGo(world, scene, 15));

    // The first page is stored and the function dies; the sweep comes by, then the row again.
    await makeNextOffers(world, { roundId: scene.roundId, by: theSystem });
    const { letting, waiting } = await previewed(world, scene);
    await makeNextOffers(world, { roundId: scene.roundId, by: theSystem });
    await deliverOffersIn(world);

    expect(letting.onTheirWay).toBe(4);
    expect(waiting).toHaveLength(5);
    expect(await offersIn(world, scene)).toHaveLength(15);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(15);
  });

  it('is followed by a look at the answers and at the letters that came back', async () => {
    const world = aWorld();
    const many = Array.from({ length: 12 }, () => one);
    const scene = await anOffersRoundIn(world, many, [aVacancy('MAT-001', { posts: 12 })]);
    granted(await letGo(world, scene, 6));
    await deliverOffersIn(world);
    for (const who of [0, 1, 2, 3, 4]) {
      granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'terms' }));
    }
    for (const { personId } of scene.people.slice(3, 6)) await letterReturned(world, personId);

    const { alarms, letting } = await previewed(world, scene, 3);
    const unseen = await letGo(world, scene, 3);
    const { roundId, people } = scene;
    const acknowledged = {
      alarms: ['offers-refused#5/5', 'offers-unreached#3/6'],
      reason: 'Asked by phone.',
    };
    granted(await releaseOffers(world, { by: second, roundId, confirmed: 3, through: 9, acknowledged }));

    expect(alarms).toEqual([
      { code: 'offers-refused', count: 5, of: 5 },
      {
        code: 'offers-unreached',
        count: 3,
        of: 6,
        whom: people.slice(3, 6).map(({ applicationId }) => expect.objectContaining({ applicationId })),
      },
    ]);
    expect(letting.unreached).toBe(3);
    expect(unseen).toMatchObject({ error: { kind: 'alarms-not-acknowledged' } });
  });
});
