import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { aVacancy, type OffersScene, offersIn, releasedIn } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** When something of a kind happened to somebody. */
const momentOf = async (world: World, scene: OffersScene, who: number, type: string): Promise<string> => {
  const id = scene.people[who]?.applicationId ?? '';
  const history = await world.records.history(candidacyAggregate.name, id);
  return history.findLast(({ fact }) => fact.type === type)?.fact.at ?? 'never';
};

describe('offers in the order of their moments', () => {
  it('come after the lapse that gave their seat, also one that was stored while they were being made', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')]);
    const key = await offerTo(world, scene, 0);
    world.clock.to(addSeconds(expiresAt, -1));
    const lapseNow = async (): Promise<void> => {
      world.clock.to(expiresAt);
      granted(await lapseOffer(world, key));
    };
    let lapse: Promise<void> | undefined;
    // In the instant in which the board is about to be read.
    const views: typeof world.records.views = async (...asked) => {
      await (lapse ??= lapseNow());
      return await world.records.views(...asked);
    };

    const deps = { ...world, records: { ...world.records, views } };
    await makeNextOffers(deps, { roundId: scene.roundId, by: theSystem });

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 lapsed', '1 MAT-001 open']);
    expect(await momentOf(world, scene, 0, 'offer-lapsed')).toBe(expiresAt);
    expect(await momentOf(world, scene, 1, 'offer-made')).toBe(expiresAt);
  });

  it('are made anew when an acceptance frees a better post in this instant', async () => {
    const world = aWorld();
    const people = [['MAT-001'], ['MAT-001', 'MAT-002'], ['MAT-004'], ['MAT-002', 'MAT-004']];
    const codes = ['MAT-001', 'MAT-002', 'MAT-004'];
    const scene = await releasedIn(
      world,
      people.map((choices) => ({ choices })),
      codes.map((code) => aVacancy(code)),
    );
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    await askNext(world, scene);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 2)), reason: 'terms' }));
    const better = await offerTo(world, scene, 1);
    // MAT-004 is free and the last would get it; in this instant the second takes MAT-001 and lets MAT-002 go.
    world.records.interfere(() => acceptOffer(world, better));

    await askNext(world, scene);

    expect((await offersIn(world, scene)).filter((line) => line.startsWith('3'))).toEqual(['3 MAT-002 open']);
  });

  it('come after a withdrawal that frees a seat, also one that is stored while they are being made', async () => {
    const world = aWorld();
    const people = [['MAT-001'], ['MAT-002'], ['MAT-001', 'MAT-002']];
    const scene = await releasedIn(
      world,
      people.map((choices) => ({ choices })),
      ['MAT-001', 'MAT-002'].map((code) => aVacancy(code)),
    );
    const [first, second] = [await offerTo(world, scene, 0), await offerTo(world, scene, 1)];
    granted(await declineOffer(world, { ...second, reason: 'terms' }));
    // MAT-002 is free and the last would get it; in this instant the first withdraws and lets the better one go.
    world.records.interfere(() => withdrawApplication(world, { ...first, reasonCode: 'personal' }));

    await askNext(world, scene);

    expect((await offersIn(world, scene)).filter((line) => line.startsWith('2'))).toEqual(['2 MAT-001 open']);
  });

  it('are seen by a withdrawal that was begun before them: it is decided anew, at a later moment', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one, one], [aVacancy('MAT-001', { posts: 1 })]);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    const [, , last] = scene.people;
    const by = { personId: last?.personId ?? PersonId.parse('') };
    const applicationId = last?.applicationId ?? ApplicationId.parse('');
    // In the instant in which the withdrawal is to be stored, the next offer is.
    world.records.interfere(async () => {
      world.clock.to(addSeconds(world.clock.now(), 1));
      await askNext(world, scene);
    });

    granted(await withdrawApplication(world, { by, applicationId, reasonCode: 'personal' }));

    const made = await momentOf(world, scene, 1, 'offer-made');
    expect((await momentOf(world, scene, 2, 'candidacy-withdrawn')) >= made).toBe(true);
  });

  it('are told as they were stored where two decisions fall into one moment', async () => {
    const world = aWorld();
    const people = [['MAT-001', 'MAT-002'], ['MAT-002']];
    const posts = ['MAT-001', 'MAT-002'].map((code) => aVacancy(code));
    const scene = await releasedIn(
      world,
      people.map((choices) => ({ choices })),
      posts,
    );
    // In the very moment of the offers, and after them: told before, the second would have been asked over the head of the first.
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));

    const plan = { total: 2, quotas: [] };
    const told = await toldOf(world, scene, { vacancies: posts, plan });

    expect(new Set(told.steps.map(({ at }) => at)).size).toBe(1);
    expect(told.steps.map(({ type }) => type)).toEqual(['offered', 'offered', 'declined']);
    expect(replayOf(told).isolated).toEqual([]);
  });
});
