import { expect, it } from 'vitest';
import { askDeferral, grantDeferral, refuseDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import { holdApplication, liftHoldOf } from '#functions/commands/holds-by-hand.ts';
import { acceptConditionally, confirmCondition } from '#functions/commands/offer-conditions.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { nameSchoolContact, tick, untick } from '#functions/commands/placements.ts';
import { changed } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Result } from '#shared/result.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { withConditions, withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

/*
 * What the administration decides once the committee has decided: an administrator with a conflict of interest with that application leaves it to
 * another one. What would be taken of somebody else is told by the other tests of these commands.
 */

const by = theAdministrator;
const keptAway = { ok: false, error: { kind: 'conflict-of-interest' } };

/** Somebody in a post who asks to begin later. */
const deferring = async () => {
  const world = aWorld();
  const scene = await releasedIn(world, [{ choices: ['MAT-001'] }], [aVacancy('MAT-001')], withDeferral());
  const key = await offerTo(world, scene, 0);
  const { offerId: _, ...own } = key;
  const { placementId } = granted(await acceptOffer(world, key));
  if (!placementId) throw new Error('No placement was opened.');
  granted(await askDeferral(world, { ...own, until: '2023-01-16', reason: 'study', mayRelease: true }));
  const { roundId } = scene;
  const close = () => inConflictWith(world, roundId, key.applicationId, [by.id]);
  return { world, roundId, key, close, decide: { by, roundId, placementId } };
};

it('a condition is confirmed by nobody who is kept away, also where the conflict is found meanwhile', async () => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth], [aVacancy('MAT-001')], withConditions());
  const { roundId } = scene;
  const key = await offerTo(world, scene, 0);
  granted(await acceptConditionally(world, { ...key, condition: 'diploma' }));
  const { applicationId, offerId } = key;
  const confirm = () => confirmCondition(world, { by, roundId, applicationId, offerId });
  world.records.interfere(() => inConflictWith(world, roundId, applicationId, [by.id]));

  expect(await confirm()).toMatchObject(keptAway);
  expect(await confirm()).toMatchObject(keptAway);
});

it('a deferral and what is to be done in a post are decided by nobody who is kept away', async () => {
  const { world, close, decide } = await deferring();
  const before = await world.records.find(placementAggregate, decide.placementId);
  const [item] = before?.state.items.filter(({ owner }) => owner === 'administrator') ?? [];
  await close();
  const answers: Result<unknown, unknown>[] = [
    await grantDeferral(world, decide),
    await refuseDeferral(world, { ...decide, reason: 'Too late' }),
    await releasePlace(world, decide),
    await tick(world, { ...decide, code: item?.code ?? 'any' }),
    await untick(world, { ...decide, code: item?.code ?? 'any', reason: 'By mistake' }),
  ];

  for (const answer of answers) expect(answer).toMatchObject(keptAway);
  expect((await world.records.find(placementAggregate, decide.placementId))?.version).toBe(before?.version);
});

it('who confirms for the school is named by nobody who is kept away', async () => {
  const { world, close, decide } = await deferring();
  const personId = PersonId.parse('SCH001'.padEnd(20, '0'));
  const staff = await world.records.find(staffAggregate, staffId);
  const event = { type: 'role-granted', at: world.clock.now(), personId, role: 'school' } as const;
  const { change } = changed(staffAggregate, staffId, staff, [event]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
  const name = () => nameSchoolContact(world, { ...decide, personId });
  granted(await name());
  await close();

  expect(await name()).toMatchObject(keptAway);
});

it('a deferral is decided again where a conflict is found meanwhile', async () => {
  const { world, close, decide } = await deferring();
  world.records.interfere(close);

  expect(await grantDeferral(world, decide)).toMatchObject(keptAway);
});

it('papers are held and let go by nobody who is kept away', async () => {
  const { world, roundId, key, close } = await deferring();
  const found = await world.records.find(applicationAggregate, key.applicationId);
  const number = found?.state.number ?? '';
  const held = { by, roundId, number, because: 'court', reason: 'Letter 7 of the court', until: '' } as const;
  granted(await holdApplication(world, held));
  await close();

  expect(await holdApplication(world, { ...held, because: 'audit' })).toMatchObject(keptAway);
  expect(await liftHoldOf(world, { by, roundId, number, because: 'court' })).toMatchObject(keptAway);
});
