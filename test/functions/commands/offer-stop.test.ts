import { describe, expect, it } from 'vitest';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { stopOffers } from '#functions/commands/offer-release.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aFirstPart, factsOf, letGo, one, previewed, second, stopping } from '#test/builders/offer-parts.ts';
import {
  anOffersRoundIn,
  aVacancy,
  deliverOffersIn,
  offersIn,
  proposalOnTableIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

describe('offers that were stopped', () => {
  it('stay with those who have them, and go to nobody else until the next release', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [one, one, one], [aVacancy('MAT-001', { posts: 2 })]);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);

    granted(await stopOffers(world, stopping(scene)));
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    const stopped = await askNext(world, scene);
    const { letting, waiting } = await previewed(world, scene);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);

    expect(stopped).toBe(0);
    expect(letting.stopped).toEqual({ at: world.clock.now(), said: 'A number of posts is wrong.' });
    expect(waiting.map(({ place }) => place)).toEqual([3]);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 open', '2 MAT-001 open']);
    expect((await previewed(world, scene)).letting).toMatchObject({ isHeldBack: false, stopped: undefined });
  });

  it('are computed anew once a wrong number of posts was mended by two people', async () => {
    const world = aWorld();
    const people = Array.from({ length: 6 }, () => ({ choices: ['MAT-001', 'MAT-002'] }));
    const register = [aVacancy('MAT-001', { posts: 30 }), aVacancy('MAT-002', { posts: 3 })];
    const scene = await anOffersRoundIn(world, people, register);
    granted(await letGo(world, scene, 1));
    await deliverOffersIn(world);
    granted(await stopOffers(world, stopping(scene)));

    const { roundId } = scene;
    const typed = { vacancy: 'MAT-001', posts: '3', reason: 'Thirty was the number of pupils.' };
    granted(await proposeCapacity(world, { by: theAdministrator, roundId, ...typed }));
    granted(await confirmCapacity(world, { by: second, roundId, change: 1, confirmed: 0 }));
    await deliverOffersIn(world);
    const meanwhile = await offersIn(world, scene);
    granted(await letGo(world, scene));
    await deliverOffersIn(world);

    expect(meanwhile).toEqual(['0 MAT-001 open']);
    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 open',
      '1 MAT-001 open',
      '2 MAT-001 open',
      '3 MAT-002 open',
      '4 MAT-002 open',
      '5 MAT-002 open',
    ]);
  });

  it('are stopped in the middle of a page, by a page that then makes none', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [one, one], [aVacancy('MAT-001', { posts: 2 })]);
    granted(await letGo(world, scene));
    world.records.interfere(() => stopOffers(world, stopping(scene)));

    await deliverOffersIn(world);

    expect(await offersIn(world, scene)).toEqual([]);
  });

  it('need a reason, a first release, and no second stop; the committee’s vote hinders nobody', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [one, one], [aVacancy('MAT-001', { posts: 2 })]);

    expect(await stopOffers(world, stopping(scene))).toMatchObject({ error: { kind: 'nothing-released' } });
    granted(await letGo(world, scene, 1));
    expect(await stopOffers(world, stopping(scene, ' '))).toMatchObject({ error: { kind: 'reason-needed' } });
    await proposalOnTableIn(world);
    granted(await stopOffers(world, stopping(scene)));
    granted(await stopOffers(world, stopping(scene, 'Once more.')));

    expect(await factsOf(world, scene, 'offers-stopped')).toHaveLength(1);
  });

  it('stand in the timeline of the round, with every part and the reason', async () => {
    const { world, scene } = await aFirstPart();
    granted(await stopOffers(world, stopping(scene)));
    granted(await letGo(world, scene));

    const people = memoryPeople();
    const command = { by: theAdministrator, roundId: scene.roundId };
    const { deeds } = granted(await roundHistory({ ...world, people }, command));

    const told = deeds.filter(({ type }) => type.startsWith('offers-'));
    expect(told.map(({ type, part, said }) => ({ type, part, said }))).toEqual([
      { type: 'offers-released', part: { through: 2, recipients: 2, left: 1 }, said: undefined },
      { type: 'offers-stopped', part: undefined, said: 'A number of posts is wrong.' },
      { type: 'offers-released', part: undefined, said: undefined },
    ]);
  });
});
