import { askDeferral, refuseDeferral } from '#functions/commands/deferrals.ts';
import { holdApplication } from '#functions/commands/holds-by-hand.ts';
import { acceptConditionally } from '#functions/commands/offer-conditions.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { nameSchoolContact, tick } from '#functions/commands/placements.ts';
import { changed } from '#functions/commands/storing.ts';
import { PersonId, type PlacementId } from '#shared/domain/ids.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, type OffersScene, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { withConditions, withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { sceneOf } from './closed-write-words.ts';
import type { WriteScene } from './closed-writes.ts';

/*
 * What the administration does once the committee has decided: somebody has a post, or accepted one on a condition. Whoever is kept away is the second
 * administrator; the first has done what comes before.
 */

const people = [secondAdministrator];
/** What was typed about the application: words that stand nowhere else. */
const typed = 'MARKER: Letter 7 of the court';
const school = PersonId.parse('SCH001'.padEnd(20, '0'));

const firstOf = async (world: World, scene: OffersScene) => {
  const key = await offerTo(world, scene, 0);
  const { number } = await candidacyOf(world, key.applicationId);
  return { key, application: { id: key.applicationId, number } };
};

/** Somebody in a post who asks to begin later, and agrees that the post goes to the next one. */
const deferring = async (): Promise<WriteScene & { placementId: PlacementId }> => {
  const world = aWorld();
  const release = { always: false, entryUntil: '2023-12-31' };
  const posts = [aVacancy('MAT-001'), aVacancy('MAT-002')];
  const scene = await releasedIn(world, [wantsBoth, wantsBoth], posts, withDeferral(release));
  const { roundId } = scene;
  const { key, application } = await firstOf(world, scene);
  const { offerId: _, ...own } = key;
  const { placementId } = granted(await acceptOffer(world, key));
  if (!placementId) throw new Error('No placement was opened.');
  granted(await askDeferral(world, { ...own, until: '2023-01-16', reason: 'study', mayRelease: true }));
  await aSchoolIn(world);
  const placement = await world.records.find(placementAggregate, placementId);
  const item = placement?.state.items.find(({ owner }) => owner === 'administrator')?.code ?? '';
  const said = { personId: school, code: item, because: 'court' };
  return {
    ...sceneOf(
      { world, roundId, stage: 'offers', application, people },
      { ids: { placement: placementId, item }, says: said, form: { person: school } },
    ),
    placementId,
  };
};

const aSchoolIn = async (world: World): Promise<void> => {
  const staff = await world.records.find(staffAggregate, staffId);
  const event = { type: 'role-granted', at: world.clock.now(), personId: school, role: 'school' } as const;
  const { change } = changed(staffAggregate, staffId, staff, [event]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};

/** Later: the first administrator has refused it, named a school, ticked what was theirs to do, and holds the papers for a court. */
const held = async (): Promise<WriteScene> => {
  const { placementId, ...scene } = await deferring();
  const { world, roundId, application, ids } = scene;
  const on = { by: theAdministrator, roundId, placementId };
  granted(await refuseDeferral(world, { ...on, reason: typed }));
  granted(await nameSchoolContact(world, { ...on, personId: school }));
  granted(await tick(world, { ...on, code: ids['item'] ?? '' }));
  const { number } = application;
  const hold = { number, because: 'court', reason: typed, until: '' } as const;
  granted(await holdApplication(world, { by: theAdministrator, roundId, ...hold }));
  return scene;
};

/** Somebody accepted an offer on a condition. */
const conditional = async (): Promise<WriteScene> => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth], [aVacancy('MAT-001')], withConditions());
  const { key, application } = await firstOf(world, scene);
  granted(await acceptConditionally(world, { ...key, condition: 'diploma' }));
  const { roundId } = scene;
  return sceneOf({ world, roundId, stage: 'offers', application, people }, { ids: { offer: key.offerId } });
};

export const afterwardsScenes = { deferring, held, conditional } as const satisfies Record<
  string,
  () => Promise<WriteScene>
>;
