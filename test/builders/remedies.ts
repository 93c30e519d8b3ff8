import { declineOffer } from '#functions/commands/offers.ts';
import { remedyView } from '#functions/commands/remedy-view.ts';
import { ownWaiting } from '#functions/commands/waiting-list.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { replayOf } from '#shared/bundle/check-offers.ts';
import { formatOf } from '#shared/bundle/format-number.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { RemedyKind } from '#shared/domain/remedy.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, type OffersScene, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';

export const secondAdministrator: Person = {
  ...theAdministrator,
  id: PersonId.parse('ADM1N000000000000002'),
};
export const wantsOne = { choices: ['MAT-001'] };
export const twoPosts = [aVacancy('MAT-001'), aVacancy('MAT-002')];

export type Play = { world: World; scene: OffersScene };

/** Three people for one post, which the first is offered; the last was wronged. */
export const aWrongedRound = async (): Promise<Play> => {
  const world = aWorld();
  return { world, scene: await releasedIn(world, [wantsOne, wantsOne, wantsOne], twoPosts) };
};

export const proposing = (scene: OffersScene, kind: RemedyKind, by = theAdministrator) => ({
  by,
  roundId: scene.roundId,
  application: ' kz19-aaaa-0002 ',
  kind,
  vacancies: 'mat-001',
  reason: 'A score was lost, and found by the court.',
});

export const granting = ({ roundId }: OffersScene, confirmed: number, remedy = 1) => ({
  by: secondAdministrator,
  roundId,
  remedy,
  confirmed,
});

export const remediesIn = async ({ world, scene: { roundId } }: Play) =>
  granted(await remedyView(world, { by: theAdministrator, roundId })).remedies;

export const declinesIn = async ({ world, scene }: Play, who: number) => {
  granted(await declineOffer(world, { ...(await offerTo(world, scene, who)), reason: 'distance' }));
  await askNext(world, scene);
};

/** The application of somebody, by themselves. */
export const ownOf = ({ scene }: Play, who: number) => {
  const person = scene.people[who];
  if (!person) throw new Error(`Nobody is at ${who}.`);
  const { personId, applicationId } = person;
  return { by: { personId }, applicationId };
};

export const waitingIn = async (play: Play, who: number): Promise<number | undefined> => {
  const own = granted(await ownWaiting(play.world, ownOf(play, who)));
  return own.places?.[0]?.position;
};

export const remedyLettersIn = ({ world }: Play) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template.startsWith('remedy-') ? [body] : [],
  );

export const roundEventsIn = async ({ world, scene }: Play): Promise<string[]> =>
  (await world.records.history('round', scene.roundId)).map(({ fact }) => fact.type);

/** Whether a bundle tells the remedy, and anybody who verifies it finds each of the offers right. */
export const holdsIn = async ({ world, scene }: Play): Promise<boolean> => {
  const told = await toldOf(world, scene, { vacancies: twoPosts, plan: aRoundFile().posts });
  return formatOf({ rows: [], offers: told }) === 9 && replayOf(told).isolated.length === 0;
};
