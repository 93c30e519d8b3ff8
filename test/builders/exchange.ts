import { writeLettersToContenders } from '#functions/commands/contender-letters.ts';
import { openExchange, viewExchange } from '#functions/commands/exchange.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, type OffersScene, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { withExchange } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';

/**
 * Offers that have come to rest: of three people for MAT-001 the first has declined it and the second has it; MAT-002 with two
 * posts, which nobody ranked, stays empty, and so does PHY-001.
 */
export const restingIn = async (
  world: World,
  { first, file = withExchange() }: { first?: PersonId; file?: RoundFile } = {},
): Promise<OffersScene> => {
  const one = { choices: ['MAT-001'] };
  const posts = [
    aVacancy('MAT-001'),
    aVacancy('MAT-002', { posts: 2 }),
    aVacancy('PHY-001', { subject: 'physics' }),
  ];
  const people = [{ ...one, ...(first && { personId: first }) }, one, one];
  const scene = await releasedIn(world, people, posts, file);
  granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'distance' }));
  return scene;
};

export const staffOf = ({ roundId }: OffersScene) => ({ by: theAdministrator, roundId });

/** Everyone without a post is asked; the letters lie in the outbox. */
export const openedIn = async (world: World, scene: OffersScene): Promise<void> => {
  const { unplaced } = granted(await viewExchange(world, staffOf(scene)));
  granted(await openExchange(world, { ...staffOf(scene), confirmed: unplaced }));
  await letContendersKnow(world);
};

/** Writes the letters to those with a final result, until no page is left. */
const letContendersKnow = async (world: World): Promise<void> => {
  for (const [id, { body }] of world.records.outbox) {
    if (body.kind !== 'letters-to-contenders') continue;
    world.records.outbox.delete(id);
    await writeLettersToContenders(world, body);
  }
};

export const ownOf = ({ people }: OffersScene, who: number) => {
  const person = people[who];
  if (!person) throw new Error(`Nobody is at ${who}.`);
  return { by: { personId: person.personId }, applicationId: person.applicationId };
};
