import { makeNextOffers } from '#functions/commands/offer-making.ts';
import type { OfferCommand } from '#functions/commands/offer-place.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { OffersScene } from '#test/builders/offers.ts';
import type { World } from '#test/builders/scenes.ts';

/** The newest open offer of somebody, as the command that answers it. */
export const offerTo = async (world: World, scene: OffersScene, who: number): Promise<OfferCommand> => {
  const person = scene.people[who];
  const candidacy = person && (await world.records.find(candidacyAggregate, person.applicationId));
  const offer = candidacy?.state.offers.findLast(({ status }) => status === 'open');
  if (!person || !offer) throw new Error(`Nobody at ${who} has an open offer.`);
  return { by: { personId: person.personId }, applicationId: person.applicationId, offerId: offer.id };
};

/** As its machine does after an answer. */
export const askNext = (world: World, { roundId }: OffersScene): Promise<number> =>
  makeNextOffers(world, { roundId, by: { kind: 'system', name: 'workflow' } });

/** What lies in the outbox: letters by template, executions by machine. */
export const kindsIn = (world: World): string[] =>
  [...world.records.outbox.values()].map(({ body }) =>
    body.kind === 'letter' ? body.template : body.kind === 'start-execution' ? body.machine : body.kind,
  );
