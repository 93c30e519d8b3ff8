import { describe, expect, it } from 'vitest';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { offers as proposeEnd } from '#functions/commands/proposals/offers.ts';
import { ownWaiting } from '#functions/commands/waiting-list.ts';
import { atWork, workplace } from '#functions/commands/workplace.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, type OffersScene, offersIn, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { wantsOne } from '#test/builders/remedies.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';

const onePost = [aVacancy('MAT-001')];

/** Three people for one post, which the first is offered; a fourth does not go on. */
const aRound = async (): Promise<{ world: World; scene: OffersScene }> => {
  const world = aWorld();
  const people = [wantsOne, wantsOne, wantsOne, { ...wantsOne, stops: true as const }];
  return { world, scene: await releasedIn(world, people, onePost) };
};

const declines = async (world: World, scene: OffersScene, who: number): Promise<void> => {
  granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'distance' }));
  await askNext(world, scene);
};

const placeOf = async (world: World, { people }: OffersScene, who: number) => {
  const person = people[who];
  if (!person) throw new Error(`Nobody is at ${who}.`);
  const { personId, applicationId } = person;
  const own = granted(await ownWaiting(world, { by: { personId }, applicationId }));
  return own.places?.map(({ position }) => position);
};

describe('offers after the results were corrected', () => {
  it('go by the corrected order, and whoever has one keeps it', async () => {
    const { world, scene } = await aRound();
    await correctedResultsIn(world, scene, [2, 1, 0]);

    expect(await askNext(world, scene)).toBe(0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open']);
    expect(await Promise.all([0, 1, 2].map((who) => placeOf(world, scene, who)))).toEqual([[], [2], [1]]);
    await declines(world, scene, 0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '2 MAT-001 open']);
  });

  it('let in who goes on by the correction alone, at once where a post is free', async () => {
    const world = aWorld();
    const people = [wantsOne, { ...wantsOne, stops: true as const }];
    const scene = await releasedIn(world, people, [aVacancy('MAT-001', { posts: 2 })]);
    await correctedResultsIn(world, scene, [1, 0]);

    const board = granted(await previewOffers(world, { by: theAdministrator, roundId: scene.roundId }));
    expect(board.wave.map(({ number }) => number)).toEqual(['KZ19-AAAA-0001']);
    expect(await askNext(world, scene)).toBe(1);
    expect(await askNext(world, scene)).toBe(0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-001 open']);
  });

  it('are made no more to whom the correction stops, who accepts what they have and is placed', async () => {
    const { world, scene } = await aRound();
    await correctedResultsIn(world, scene, [3]);

    expect(await placeOf(world, scene, 1)).toEqual([]);
    const { personId, applicationId } = nth(scene.people, 1);
    const own = granted(await ownWaiting(world, { by: { personId }, applicationId }));
    expect(own.stopped).toBe(true);
    granted(await acceptOffer(world, await offerTo(world, scene, 0)));
    expect(await askNext(world, scene)).toBe(0);
    const found = await workplace(world, { by: theAdministrator, roundId: scene.roundId }, 'offer.read');
    const { standings } = granted(await proposeEnd(world, granted(atWork(granted(found)))));
    expect(
      standings.map(({ number, outcome, reasons, vacancy }) => [number.slice(-1), outcome, reasons, vacancy]),
    ).toEqual([
      ['3', 'stops', ['no-post'], undefined],
      ['0', 'goes-on', [], 'MAT-001'],
      ['1', 'stops', ['below-minimum'], undefined],
      ['2', 'stops', ['below-minimum'], undefined],
    ]);
  });

  it('go by the newest edition, and by the first where an older program stored another', async () => {
    const { world, scene } = await aRound();
    await correctedResultsIn(world, scene, [3, 2]);
    await correctedResultsIn(world, scene, [0, 1, 2]);
    await declines(world, scene, 0);
    expect((await offersIn(world, scene)).at(-1)).toBe('1 MAT-001 open');

    const old = await aRound();
    await correctedResultsIn(old.world, old.scene, [3, 2], true);
    await declines(old.world, old.scene, 0);
    expect((await offersIn(old.world, old.scene)).at(-1)).toBe('1 MAT-001 open');
  });
});
