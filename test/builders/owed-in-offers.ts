import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { aMissedInterview, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant } from '#test/builders/selection.ts';
import { signerOf } from '#test/builders/signer.ts';
import { at } from '#test/builders/worlds.ts';

const by = theAdministrator;
/** When the interview that was owed begins. */
export const heldAt = at('2022-11-15T05:00');

/**
 * Everybody wants the one post of MAT-003, which is offered to the best of three. A fourth had no interview; that one is owed was found while claims
 * ran, and nobody asked for it before offers were made.
 */
export const offering = async () => {
  const missed = await aMissedInterview();
  const scene = { ...missed, world: { ...missed.world, signer: signerOf(aKey()) } };
  const { world, roundId, applications } = scene;
  await upheldAsOwed(scene);
  world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(world, roundId);
  const { wave } = granted(await previewOffers(world, { by, roundId }));
  granted(await releaseOffers(world, { by, roundId, confirmed: wave.length }));
  await deliverOffersIn(world);
  const people = applications.map(({ id: applicationId }, index) => ({
    applicationId,
    personId: anApplicant(index).personId,
  }));
  return { scene, round: { roundId, people } };
};

type Offering = Awaited<ReturnType<typeof offering>>;

export const holderIn = async ({ scene: { world, applications }, round }: Offering): Promise<number> => {
  for (const index of applications.keys()) {
    if (await offerTo(world, round, index).catch(() => undefined)) return index;
  }
  throw new Error('Nobody holds an offer.');
};
