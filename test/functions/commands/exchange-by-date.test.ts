import { describe, expect, it } from 'vitest';
import { openExchange, viewExchange } from '#functions/commands/exchange.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { joinExchange, ownExchange } from '#functions/commands/own-exchange.ts';
import { openedIn, ownOf, restingIn, staffOf } from '#test/builders/exchange.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { anOffersRoundIn, aVacancy, releasedIn } from '#test/builders/offers.ts';
import { withExchange } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

describe('a second chance that is opened while answers are awaited', () => {
  it('waits for the first offers, also once the day of the round file has come', async () => {
    const world = aWorld();
    const file = withExchange({ opensOn: '2022-11-14' });
    const scene = await anOffersRoundIn(world, [{ choices: ['MAT-001'] }], undefined, file);

    expect(await openExchange(world, { ...staffOf(scene), confirmed: 1 })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'offers' },
    });
    expect(granted(await viewExchange(world, staffOf(scene)))).not.toHaveProperty('opensUntil');
  });

  it('on the day of the round file asks whoever lets an offer go later on, too', async () => {
    const world = aWorld();
    const scene = await restingIn(world, { file: withExchange({ opensOn: '2022-11-14' }) });
    await askNext(world, scene);
    await openedIn(world, scene);
    const asked = () =>
      [...world.records.outbox.values()].flatMap(({ body }) =>
        body.kind === 'letter' && body.template === 'exchange-opened' ? body.personId : [],
      );
    const before = asked();
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 1)), reason: 'terms' }));

    expect(before).toEqual([scene.people[0]?.personId, scene.people[2]?.personId]);
    expect(asked()).toEqual([...before, scene.people[1]?.personId]);
  });

  it('chooses no post that the person is being asked about, also where another of its seats is empty', async () => {
    const world = aWorld();
    const file = withExchange({ opensOn: '2022-11-14' });
    const one = { choices: ['MAT-001'] };
    const posts = [aVacancy('MAT-001', { posts: 2 }), aVacancy('MAT-002')];
    const scene = await releasedIn(world, [one, one, one], posts, file);
    await openedIn(world, scene);
    granted(await joinExchange(world, ownOf(scene, 2)));
    for (const who of [0, 1])
      granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'terms' }));
    const between = granted(await viewExchange(world, staffOf(scene)));
    await askNext(world, scene);
    const seen = granted(await ownExchange(world, ownOf(scene, 2)));

    // One of its two seats is about to be offered: only the other one is empty.
    expect(between.empty.map(({ code, posts: seats }) => `${code} ${seats}`)).toEqual([
      'MAT-001 1',
      'MAT-002 1',
    ]);
    expect(seen.posts.map(({ code }) => code)).toEqual(['MAT-002']);
  });
});
