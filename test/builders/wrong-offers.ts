import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import { aWrongPublication } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { deliverOffersIn, theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant } from '#test/builders/selection.ts';

/** Everybody wants the one post of MAT-003, which by wrong marks is offered to the third of the scene; nobody has answered yet. */
export const aWrongOffering = async () => {
  const { scene, publishes } = await aWrongPublication();
  const { world, roundId, applications } = scene;
  const by = theAdministrator;
  const people = applications.map(({ id: applicationId }, index) => ({
    applicationId,
    personId: anApplicant(index).personId,
  }));
  const { wave } = granted(await previewOffers(world, { by, roundId }));
  granted(await releaseOffers(world, { by, roundId, confirmed: wave.length }));
  await deliverOffersIn(world);
  return { scene, publishes, offering: { roundId, people } };
};

/** By it somebody is below what is needed, until it is taken back. */
export const fails = ({ numbers }: MarksScene, index: number): Corrects => ({
  kind: 'totals',
  number: nth(numbers, index),
  corrected: { scoring: 0, interview: 0 },
});
