import { describe, expect, it } from 'vitest';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer, declineOffer, viewOffer } from '#functions/commands/offers.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt, vacancyCode } from '#test/builders/offered.ts';
import {
  anOffersRoundIn,
  aVacancy,
  deliverOffersIn,
  offersIn,
  proposalOnTableIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { theSystem } from '#test/contracts/tally.ts';

describe('releasing offers', () => {
  it('shows who would be asked, and asks nobody', async () => {
    const world = aWorld();
    const scene = await anOffersRoundIn(world, [wantsBoth, wantsBoth, wantsBoth]);

    const { wave } = granted(await previewOffers(world, { by: theAdministrator, roundId: scene.roundId }));

    expect(wave.map(({ vacancy }) => vacancy)).toEqual(['MAT-001', 'MAT-002']);
    expect(await offersIn(world, scene)).toEqual([]);
    expect(await askNext(world, scene)).toBe(0);
  });

  it('asks as many as were confirmed, each with a letter and a machine of its own', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth]);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-002 open']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(2);
    expect(kindsIn(world).filter((kind) => kind === 'offer')).toHaveLength(2);
    const round = await world.records.find(roundAggregate, scene.roundId);
    expect(round?.state).toMatchObject({ offersReleasedAt: world.clock.now() });
  });

  it('is refused when the number is no longer what was looked at', async () => {
    const world = aWorld();
    const { roundId } = await anOffersRoundIn(world, [wantsBoth]);

    expect(await releaseOffers(world, { by: theAdministrator, roundId, confirmed: 2 })).toEqual({
      ok: false,
      error: { kind: 'recipients-differ', recipients: 1, confirmed: 2 },
    });
  });

  it('reaches everyone when one transaction cannot hold them all', async () => {
    const world = aWorld();
    const many = Array.from({ length: 30 }, () => ({ choices: ['MAT-001'] }));
    const scene = await releasedIn(world, many, [aVacancy('MAT-001', { posts: 40 })]);

    expect(await offersIn(world, scene)).toHaveLength(30);
    const seats = await world.records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-001')));
    expect(seats?.state.taken).toHaveLength(30);
  });

  it('goes on where it broke off, and asks nobody twice when a row comes again', async () => {
    const world = aWorld();
    const many = Array.from({ length: 20 }, () => ({ choices: ['MAT-001'] }));
    const scene = await anOffersRoundIn(world, many, [aVacancy('MAT-001', { posts: 40 })]);
    granted(await releaseOffers(world, { by: theAdministrator, roundId: scene.roundId, confirmed: 20 }));
    const row = [...world.records.outbox.values()].find(({ body }) => body.kind === 'make-offers');
    const deliver = () => makeNextOffers(world, { roundId: scene.roundId, by: theSystem });

    // The page is stored, and the delivery dies before it is marked: the row comes again, and so does the next page's.
    await deliver();
    await deliver();
    await deliverOffersIn(world);

    expect(row?.body).toEqual({ kind: 'make-offers', roundId: scene.roundId });
    expect(await offersIn(world, scene)).toHaveLength(20);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(20);
  });

  it('waits while a proposal lies on the table', async () => {
    const world = aWorld();
    const { roundId } = await anOffersRoundIn(world, [wantsBoth]);
    await proposalOnTableIn(world);

    expect(await releaseOffers(world, { by: theAdministrator, roundId, confirmed: 1 })).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
  });

  it('is not for applicants', async () => {
    const world = aWorld();
    const { roundId, people } = await anOffersRoundIn(world, [wantsBoth]);
    const by = { kind: 'person', id: people[0]?.personId ?? theAdministrator.id, role: 'applicant' } as const;

    expect(await releaseOffers(world, { by, roundId, confirmed: 1 })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });
});

describe('accepting an offer', () => {
  it('opens a placement, starts its machine, and closes what else was open', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth]);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'distance' }));
    await askNext(world, scene);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-002 open', '1 MAT-001 open']);

    const offer = granted(await acceptOffer(world, await offerTo(world, scene, 1)));

    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 declined',
      '1 MAT-002 closed',
      '1 MAT-001 accepted',
    ]);
    const placement = await world.records.find(placementAggregate, offer.placementId ?? '');
    expect(placement?.state).toMatchObject({ vacancy: 'MAT-001', status: 'open' });
    expect(placement?.state.items).toHaveLength(7);
    expect(kindsIn(world)).toContain('onboarding');
    const freed = await world.records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-002')));
    expect(freed?.state.taken).toEqual([]);
    // The first has let MAT-001 go and still wants MAT-002, which has become free.
    expect(await askNext(world, scene)).toBe(1);
  });

  it('at its deadline is too late, and a moment before it is not', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth]);
    const [early, late] = [await offerTo(world, scene, 0), await offerTo(world, scene, 1)];

    world.clock.to(addSeconds(expiresAt, -0.001));
    const first = await acceptOffer(world, early);
    world.clock.to(expiresAt);

    expect(first).toMatchObject({ ok: true });
    expect(await acceptOffer(world, late)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt: expiresAt, zone: 'Asia/Almaty', of: 'offers' },
    });
  });

  it('twice, also in two windows at once, makes one placement', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    const command = await offerTo(world, scene, 0);
    world.records.interfere(() => acceptOffer(world, command));

    const second = granted(await acceptOffer(world, command));
    const third = granted(await acceptOffer(world, command));

    expect(third).toEqual(second);
    expect(kindsIn(world).filter((kind) => kind === 'onboarding')).toHaveLength(1);
  });

  it('never exceeds the posts: two machines that ask for the last seat at once ask one person', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one, one], [aVacancy('MAT-001')]);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    world.records.interfere(() => askNext(world, scene));

    const made = await askNext(world, scene);
    granted(await acceptOffer(world, await offerTo(world, scene, 1)));

    expect(made).toBe(0);
    expect(await askNext(world, scene)).toBe(0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 accepted']);
  });

  it('of another person is not found', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth]);
    const theirs = await offerTo(world, scene, 0);
    const by = { personId: scene.people[1]?.personId ?? PersonId.parse('') };

    expect(await acceptOffer(world, { ...theirs, by })).toMatchObject({ error: { kind: 'not-found' } });
    expect(await viewOffer(world, { ...theirs, by })).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('is refused once the round was cancelled', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    const command = await offerTo(world, scene, 0);
    granted(await cancelIn(world, scene.roundId, 'No money.'));

    expect(await acceptOffer(world, command)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });
});

describe('declining an offer', () => {
  it('frees the post for whoever comes next', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')]);

    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'family' }));
    await askNext(world, scene);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 open']);
    expect(kindsIn(world)).toContain('offer-declined');
  });

  it('while the next people are being asked makes them be asked anew', async () => {
    const world = aWorld();
    const people = [{ choices: ['MAT-001', 'MAT-002'] }, { choices: ['MAT-002'] }, { choices: ['MAT-002'] }];
    const scene = await releasedIn(world, people);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 1)), reason: 'terms' }));
    const first = await offerTo(world, scene, 0);
    // MAT-002 is free and the third would get it; in this instant the first lets MAT-001 go and comes before the third.
    world.records.interfere(() => declineOffer(world, { ...first, reason: 'terms' }));

    await askNext(world, scene);

    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 declined',
      '0 MAT-002 open',
      '1 MAT-002 declined',
    ]);
  });

  it('after accepting is refused', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    const command = await offerTo(world, scene, 0);
    granted(await acceptOffer(world, command));

    expect(await declineOffer(world, { ...command, reason: 'terms' })).toMatchObject({
      error: { kind: 'offer-ended', status: 'accepted' },
    });
  });
});
