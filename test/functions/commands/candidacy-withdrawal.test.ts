import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, PlacementId, SlotId } from '#shared/domain/ids.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { type SlotEvent, slotAggregate } from '#shared/domain/slot.ts';
import { planSlot } from '#shared/domain/slot-decisions.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import {
  anOffersRoundIn,
  aVacancy,
  candidaciesIn,
  deliverOffersIn,
  type OffersScene,
  offersIn,
  releasedIn,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

/** A slot that somebody has booked, from the day after tomorrow on. */
const aBookedSlotIn = async (world: World, scene: OffersScene): Promise<SlotId> => {
  const id = SlotId.parse('S10T0000000000000000');
  const applicationId = scene.people[0]?.applicationId ?? ApplicationId.parse('');
  const now = at('2022-10-20T04:00');
  const place = { owner: 'round#X', kind: 'reason', version: 1, digest: sha256Of('place') } as const;
  const times = { startsAt: at('2022-11-16T04:00'), endsAt: at('2022-11-16T04:30') };
  const events: SlotEvent[] = planSlot({ id, roundId: scene.roundId, place, ...times }, now);
  events.push({ type: 'slot-booked', at: now, applicationId });
  const slot = changed(slotAggregate, id, undefined, events);
  const candidacy = await world.records.find(candidacyAggregate, applicationId);
  const booked = changed(candidacyAggregate, applicationId, candidacy, [
    { type: 'interview-booked', at: now, slot: id },
  ]);
  granted(await world.records.commit({ by: theSystem, changes: [slot.change, booked.change] }));
  return id;
};

describe('withdrawing an application under selection', () => {
  it('gives a booked interview back in the same transaction', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [wantsBoth]);
    const slotId = await aBookedSlotIn(world, scene);
    const [person] = scene.people;
    if (!person) throw new Error('Nobody is there.');
    const { personId, applicationId } = person;

    granted(await withdrawApplication(world, { by: { personId }, applicationId, reasonCode: 'personal' }));

    expect((await world.records.find(slotAggregate, slotId))?.state.applicationId).toBeUndefined();
    expect((await candidaciesIn(world, scene))[0]?.slotId).toBeUndefined();
  });

  it('ends the candidacy and its open offer in one transaction, and wakes the machine', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')]);
    const { by, applicationId } = await offerTo(world, scene, 0);

    granted(await withdrawApplication(world, { by, applicationId, reasonCode: 'personal' }));
    const commit = world.records.commits.at(-1);
    await askNext(world, scene);

    expect(commit?.changes.map(({ aggregate }) => aggregate)).toEqual([
      'application',
      'candidacy',
      'vacancy',
    ]);
    expect(commit?.outbox?.map(({ body }) => body.kind)).toEqual(['letter', 'resume-task']);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
  });

  it('ends the placement of somebody who had accepted, and the post is offered on', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')]);
    const command = await offerTo(world, scene, 0);
    const { placementId } = granted(await acceptOffer(world, command));

    granted(await withdrawApplication(world, { ...command, reasonCode: 'other-post' }));
    await deliverOffersIn(world);

    const placement = await world.records.find(placementAggregate, placementId ?? PlacementId.parse(''));
    expect(placement?.state.status).toBe('closed');
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
    expect((await candidaciesIn(world, scene))[0]?.withdrawnAt).toBe(world.clock.now());
  });

  it('at the same moment as an acceptance keeps exactly one of the two', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    const command = await offerTo(world, scene, 0);
    const { by, applicationId } = command;
    world.records.interfere(() => withdrawApplication(world, { by, applicationId, reasonCode: 'personal' }));

    const answer = await acceptOffer(world, command);

    expect(answer).toMatchObject({ error: { kind: 'offer-ended', status: 'closed' } });
    expect(kindsIn(world)).not.toContain('onboarding');
  });
});
