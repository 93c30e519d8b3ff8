import { askCorrection } from '#functions/commands/data-requests.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { joinExchange, rankInExchange } from '#functions/commands/own-exchange.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { openedIn, ownOf, restingIn } from '#test/builders/exchange.ts';
import { chosenIn, handedIn, twoRegions } from '#test/builders/handed.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { anOffersRoundIn, letOutIn, type OffersScene, releasedIn } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf, chair, secretary } from '#test/builders/selection.ts';
import { lost, written } from '#test/builders/unsound-seats.ts';
import { theSystem } from '#test/contracts/tally.ts';
import { sceneOf } from './closed-write-words.ts';
import type { WriteScene } from './closed-writes.ts';

/*
 * What the administration reads of an application after the round has decided, where nothing of it is written about that application alone: offers that
 * wait, the second chance, people who are handed to other regions, results that were corrected.
 */

const readers = [secondAdministrator, chair, secretary];

const sceneAbout = async (
  { world, scene, who = 0 }: { world: World; scene: OffersScene; who?: number },
  ids: WriteScene['ids'] = {},
): Promise<WriteScene> => {
  const id = ownOf(scene, who).applicationId;
  const application = { id, number: (await candidacyOf(world, id)).number };
  return sceneOf({ world, roundId: scene.roundId, stage: 'offers', application, people: readers }, { ids });
};

/** Whom somebody applies together with, as they typed it. */
const appliesWith = async (world: World, scene: OffersScene, who: number, partner: ApplicationNumber) => {
  const found = await world.records.find(applicationAggregate, ownOf(scene, who).applicationId);
  if (found?.state.stage !== 'submitted') throw new Error(`Nobody at ${who} has submitted.`);
  const body = {
    fullName: 'MARKER',
    subjects: ['mathematics'],
    languages: ['kk'],
    consent: true,
    consentVersion: '1',
    partnerApplies: 'yes',
    partner,
  };
  const { form } = found.state;
  await world.records.commit({ by: theSystem, changes: [], documents: [{ ref: form, body, salt: '00' }] });
};

/** Nobody has let the first offers go; the first two apply together. */
const waiting = async (): Promise<WriteScene> => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [wantsBoth, wantsBoth, wantsBoth]);
  const about = await sceneAbout({ world, scene });
  await appliesWith(world, scene, 1, about.application.number);
  return about;
};

/** An answer is kept that would leave the seats wrong. */
const kept = async (): Promise<WriteScene> => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth]);
  await written(world, scene, 'MAT-001', lost(world));
  await acceptOffer(world, await offerTo(world, scene, 0));
  return await sceneAbout({ world, scene });
};

/** The second is not on the list any more by results that were corrected, and asks that the own data be put right. */
const correctedAfterwards = async (): Promise<WriteScene> => {
  const world = aWorld();
  const scene = await anOffersRoundIn(world, [wantsBoth, wantsBoth, wantsBoth]);
  await letOutIn(world, scene.roundId);
  await correctedResultsIn(world, scene, [0, 2]);
  const asked = granted(await askCorrection(world, { ...ownOf(scene, 1), text: 'MARKER: another diploma' }));
  return await sceneAbout({ world, scene, who: 1 }, { request: asked.id });
};

/** The first agreed to a second chance, and chose. */
const exchanging = async (): Promise<WriteScene> => {
  const world = aWorld();
  const scene = await restingIn(world);
  await askNext(world, scene);
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  await openedIn(world, scene);
  granted(await joinExchange(world, ownOf(scene, 0)));
  const choices = [vacancyCode('MAT-002')];
  granted(await rankInExchange(world, { ...ownOf(scene, 0), choices, basedOn: [] }));
  return await sceneAbout({ world, scene });
};

/** The first agreed to be handed to another region, and was. */
const handed = async (): Promise<WriteScene> => {
  const regions = await twoRegions();
  const { world, scene } = regions.here;
  await chosenIn(regions.here, regions.list, 0, [vacancyCode('T-MAT')]);
  await handedIn(regions);
  return await sceneAbout({ world, scene }, { list: String(regions.list) });
};

export const readScenes = {
  waiting,
  kept,
  'corrected afterwards': correctedAfterwards,
  exchanging,
  handed,
} as const satisfies Record<string, () => Promise<WriteScene>>;
