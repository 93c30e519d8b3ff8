import { describe, expect, it } from 'vitest';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { heardIn, proposedIn, sidesOf, statedIn } from '#test/builders/answered.ts';
import { tellIn } from '#test/builders/handed.ts';
import { aVacancy, deliverOffersIn, letOutIn, offersEndedIn, offersIn } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const first = 'KZ19-AAAA-0000';

describe('a statement of another region once the offers are over', () => {
  it('lets nobody in again, and tells them once that nothing more is offered', async () => {
    const regions = await proposedIn(undefined, { posts: [aVacancy('MAT-001')] });
    const { world, scene } = regions.here;
    await letOutIn(world, scene.roundId);
    await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
    await tellIn(world);
    await offersEndedIn(world, scene.roundId);
    const before = await offersIn(world, scene);
    const seen = [];
    for (const on of ['2022-11-22', '2022-11-23']) {
      // In the afternoon of that day.
      for (const { world: side } of [regions.here, regions.there]) side.clock.to(at(`${on}T10:00`));
      seen.push(await heardIn(regions, await statedIn(regions, { [first]: 'ended' }, on)));
      await tellIn(world);
    }
    await deliverOffersIn(world);
    const { concerned } = granted(await previewOpenPosts(world, sidesOf(regions).here.staff));

    const nothing = { closing: 0, offers: 0, returning: 0, conflicts: 0 };
    expect(seen).toEqual([nothing, nothing]);
    expect(concerned.map(({ effect }) => effect.kind)).toEqual(['over']);
    expect(await offersIn(world, scene)).toEqual(before);
    const letters = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.facts['number'] === first ? [body.template] : [],
    );
    expect(letters.slice(-2)).toEqual(['elsewhere-accepted', 'elsewhere-over']);
    const history = await world.records.history('candidacy', scene.people[0]?.applicationId ?? '');
    expect(history.map(({ fact }) => fact.type).slice(-3)).toEqual([
      'elsewhere-gone',
      'elsewhere-answered',
      'elsewhere-answered',
    ]);
  });
});
