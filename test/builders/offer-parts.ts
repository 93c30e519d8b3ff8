import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import {
  anOffersRoundIn,
  aVacancy,
  deliverOffersIn,
  type OffersScene,
  theAdministrator,
} from '#test/builders/offers.ts';
import type { Contender } from '#test/builders/offers-contender.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';

/** Another administrator. */
export const second: Person = { ...theAdministrator, id: PersonId.parse('ADM1N000000000000002') };
export const one: Contender = { choices: ['MAT-001'] };

export const previewed = async (world: World, { roundId }: OffersScene, next?: number) =>
  granted(await previewOffers(world, { by: theAdministrator, roundId, next }));

/** Looks at the next so many offers and lets them go; all of them without a number. */
export const letGo = async (world: World, scene: OffersScene, next?: number) => {
  const { part } = await previewed(world, scene, next);
  const counts = { confirmed: part.offers.length, through: part.through };
  return await releaseOffers(world, { by: theAdministrator, roundId: scene.roundId, ...counts });
};

/** A stop by the second of two administrators. */
export const stopping = ({ roundId }: OffersScene, reason = 'A number of posts is wrong.') => ({
  by: second,
  roundId,
  reason,
});

/** What was noted of the round, of one kind. */
export const factsOf = async (world: World, { roundId }: OffersScene, type: string) =>
  (await world.records.history('round', roundId))
    .map(({ fact }) => fact)
    .filter((fact) => fact.type === type);

/** Four people for three posts of one school; the first two are told. */
export const aFirstPart = async () => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [one, one, one, one], [aVacancy('MAT-001', { posts: 3 })]);
  granted(await letGo(world, scene, 2));
  await deliverOffersIn(world);
  return { world, scene };
};
