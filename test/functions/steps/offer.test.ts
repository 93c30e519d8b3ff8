import { describe, expect, it } from 'vitest';
import { lapseOffer, readOffer, remindOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { offerStanding, storeOfferToken } from '#functions/steps/offer.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { aVacancy, offersIn, releasedIn } from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const one = { choices: ['MAT-001'] };

const offered = async (people = [one, one]) => {
  const world = aWorld();
  const scene = await releasedIn(world, people, [aVacancy('MAT-001')]);
  const [first] = scene.people;
  const candidacy = first && (await world.records.find(candidacyAggregate, first.applicationId));
  const offer = candidacy?.state.offers[0];
  if (!first || !offer) throw new Error('Nothing was offered.');
  const key = { applicationId: first.applicationId, offerId: offer.id };
  return { world, scene, key, by: { personId: first.personId } };
};

const letters = (world: World): string[] =>
  [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body.template] : []));

describe('the machine of an offer', () => {
  it('waits for the reminder first, and after it for the deadline', async () => {
    const { world, key } = await offered();

    const first = await offerStanding(world, key, readOffer);
    world.clock.to(at('2022-11-16T03:00'));
    const due = await offerStanding(world, key, readOffer);
    const reminded = await offerStanding(world, key, remindOffer);
    const again = await offerStanding(world, key, remindOffer);

    expect(first).toMatchObject({ next: 'wait', seconds: 46 * 3600 });
    expect(due.next).toBe('remind');
    expect(reminded).toMatchObject({ next: 'wait', seconds: 39 * 3600 });
    expect(again).toEqual(reminded);
    expect(letters(world).filter((template) => template === 'offer-reminder')).toHaveLength(1);
  });

  it('ends an offer at its deadline, once, and asks whoever comes next', async () => {
    const { world, scene, key } = await offered();
    world.clock.to(expiresAt);

    expect(await offerStanding(world, key, readOffer)).toMatchObject({ next: 'lapse' });
    expect(await askNext(world, scene)).toBe(0);
    const lapsed = await offerStanding(world, key, lapseOffer);
    // The step's answer was lost and it is tried again; so is the one after it.
    const repeated = await offerStanding(world, key, lapseOffer);
    await askNext(world, scene);
    await askNext(world, scene);

    expect([lapsed.next, repeated.next]).toEqual(['ask', 'ask']);
    expect(letters(world).filter((template) => template === 'offer-lapsed')).toHaveLength(1);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 lapsed', '1 MAT-001 open']);
  });

  it('lets an answer stand that came first', async () => {
    const { world, key, by } = await offered();
    world.clock.to(addSeconds(expiresAt, -0.001));
    world.records.interfere(async () => {
      granted(await acceptOffer(world, { by, ...key }));
      world.clock.to(expiresAt);
    });
    // The step believes that it is time: its clock is a little ahead.
    const ahead = { ...world, clock: { now: () => expiresAt } };

    const standing = await offerStanding(ahead, key, lapseOffer);

    expect(standing.next).toBe('done');
    expect(letters(world)).not.toContain('offer-lapsed');
  });

  it('stores its token where only the outbox looks, and the newest one counts', async () => {
    const { world, key } = await offered();

    await storeOfferToken(world, { ...key, token: 'first' });
    await storeOfferToken(world, { ...key, token: 'second' });

    expect(await world.records.taskToken({ kind: 'offer', id: key.offerId })).toBe('second');
    expect(JSON.stringify(await world.records.history('candidacy', key.applicationId))).not.toContain(
      'second',
    );
  });

  it('does not begin to wait for an offer that was answered, also in that instant', async () => {
    const { world, key, by } = await offered();
    world.records.interfere(() => acceptOffer(world, { by, ...key }));

    await expect(storeOfferToken(world, { ...key, token: 'late' })).rejects.toMatchObject({
      name: 'RoundMovedOn',
    });
    expect(await world.records.taskToken({ kind: 'offer', id: key.offerId })).toBeUndefined();
  });

  it('closes the offer of a cancelled round without a letter, and asks nobody', async () => {
    const { world, scene, key } = await offered();
    granted(await cancelIn(world, scene.roundId, 'No money.'));

    expect(await offerStanding(world, key, readOffer)).toMatchObject({ next: 'lapse' });
    expect(await offerStanding(world, key, lapseOffer)).toMatchObject({ next: 'done' });
    expect(await askNext(world, scene)).toBe(0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed']);
    expect(letters(world)).not.toContain('offer-lapsed');
  });
});
