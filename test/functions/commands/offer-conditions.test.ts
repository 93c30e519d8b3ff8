import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { acceptConditionally, confirmCondition } from '#functions/commands/offer-conditions.ts';
import type { OfferCommand } from '#functions/commands/offer-place.ts';
import { lapseOffer, readOffer, remindOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { roundThen } from '#functions/commands/round-then.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { movedBetween } from '#shared/replay/since.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt, vacancyCode } from '#test/builders/offered.ts';
import {
  aVacancy,
  candidaciesIn,
  type OffersScene,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { withConditions } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Ten working days after Monday 14 November, in Almaty. */
const dueAt = at('2022-11-28T18:00');

type Scene = { world: World; scene: OffersScene; key: OfferCommand };

/** Two people for one post, of whom the first accepts it on a condition. */
const conditional = async (): Promise<Scene> => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth], [aVacancy('MAT-001')], withConditions());
  const key = await offerTo(world, scene, 0);
  granted(await acceptConditionally(world, { ...key, condition: 'diploma' }));
  return { world, scene, key };
};

const confirm = ({ world, scene, key: { applicationId, offerId } }: Scene) =>
  confirmCondition(world, { by: theAdministrator, roundId: scene.roundId, applicationId, offerId });

const takenIn = async (world: World, { roundId }: OffersScene) =>
  (await world.records.find(seatsAggregate, seatsId(roundId, vacancyCode('MAT-001'))))?.state.taken.map(
    ({ status }) => status,
  );

describe('an offer that is accepted on a condition', () => {
  it('holds its seat until the condition is due, with a letter, and opens no placement yet', async () => {
    const { world, scene } = await conditional();

    const [first] = await candidaciesIn(world, scene);
    expect(first?.offers).toMatchObject([
      { status: 'open', expiresAt: dueAt, condition: { code: 'diploma' } },
    ]);
    expect(await takenIn(world, scene)).toEqual(['held']);
    expect(kindsIn(world)).toContain('offer-conditional');
    expect(kindsIn(world)).not.toContain('onboarding');
    expect(await askNext(world, scene)).toBe(0);
  });

  it('is accepted for good once an administrator confirms it, also when two do so at once', async () => {
    const found = await conditional();
    const { world, scene } = found;
    world.clock.to(addSeconds(dueAt, -1));
    world.records.interfere(() => confirm(found));

    const offer = granted(await confirm(found));
    granted(await confirm(found));

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted']);
    expect(await takenIn(world, scene)).toEqual(['accepted']);
    const placement = await world.records.find(placementAggregate, offer.placementId ?? '');
    expect(placement?.state).toMatchObject({
      vacancy: 'MAT-001',
      status: 'open',
      startedAt: world.clock.now(),
    });
    expect(kindsIn(world).filter((kind) => kind === 'offer-condition-met')).toHaveLength(1);
    expect(kindsIn(world).filter((kind) => kind === 'onboarding')).toHaveLength(1);
  });

  it('is reminded of, and lapses when it is due: the next person is asked, with letters that say so', async () => {
    const found = await conditional();
    const { world, scene, key } = found;
    // Its machine wakes when the answer would have been due, and waits on.
    world.clock.to(expiresAt);
    const still = granted(await readOffer(world, key));
    world.clock.to(at('2022-11-25T03:00'));
    const due = granted(await readOffer(world, key));
    granted(await remindOffer(world, key));
    world.clock.to(dueAt);

    const late = await confirm(found);
    granted(await lapseOffer(world, key));
    await askNext(world, scene);

    expect(still).toMatchObject({ next: 'wait', until: at('2022-11-25T03:00') });
    expect(due.next).toBe('remind');
    expect(late).toMatchObject({ error: { kind: 'too-late' } });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 lapsed', '1 MAT-001 open']);
    expect(kindsIn(world)).toEqual(
      expect.arrayContaining(['offer-condition-reminder', 'offer-condition-lapsed']),
    );
    expect(kindsIn(world)).not.toContain('offer-lapsed');
    const told = granted(await ownTimeline(world, key)).steps.map(({ what }) => what);
    expect(told).toContain('offer-condition-lapsed');
    expect(told).not.toContain('offer-lapsed');
  });

  it('is what has changed in a replay of the round since it was offered', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth], [aVacancy('MAT-001')], withConditions());
    const { roundId } = scene;
    const offered = await roundThen(world.records, roundId, world.clock.now());
    granted(await acceptConditionally(world, { ...(await offerTo(world, scene, 0)), condition: 'diploma' }));
    const held = await roundThen(world.records, roundId, world.clock.now());

    expect(offered && held && movedBetween(offered, held)).toMatchObject([
      {
        before: { offer: { vacancy: 'MAT-001', status: 'open' } },
        after: { offer: { vacancy: 'MAT-001', status: 'open', condition: 'diploma' } },
      },
    ]);
  });

  it('closes the person’s other open offers, and no further one is made', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const posts = [aVacancy('MAT-001'), aVacancy('MAT-002')];
    const scene = await releasedIn(world, [one, wantsBoth], posts, withConditions());
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    await askNext(world, scene);
    const better = await offerTo(world, scene, 1);

    granted(await acceptConditionally(world, { ...better, condition: 'diploma' }));

    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 declined',
      '1 MAT-002 closed',
      '1 MAT-001 open',
    ]);
    expect(await askNext(world, scene)).toBe(0);
  });

  it('may still be declined or given up with the application, and frees its seat', async () => {
    const one = await conditional();
    const other = await conditional();

    granted(await declineOffer(one.world, { ...one.key, reason: 'family' }));
    granted(await withdrawApplication(other.world, { ...other.key, reasonCode: 'personal' }));

    expect(await takenIn(one.world, one.scene)).toEqual([]);
    expect(await takenIn(other.world, other.scene)).toEqual([]);
  });

  it('is not accepted for good by the applicant, and the same press again changes nothing', async () => {
    const { world, key, scene } = await conditional();

    granted(await acceptConditionally(world, { ...key, condition: 'diploma' }));

    expect(await acceptOffer(world, key)).toMatchObject({ error: { kind: 'offer-ended' } });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-conditional')).toHaveLength(1);
  });

  it('is confirmed where a condition is, and for nobody of another round', async () => {
    const { world, scene, key } = await conditional();
    const { applicationId, offerId } = key;
    const elsewhere = await releasedIn(aWorld(), [wantsBoth]);
    const by = { ...theAdministrator, role: 'auditor' } as const;
    const command = { by, roundId: scene.roundId, applicationId, offerId };

    expect(await confirmCondition(world, command)).toMatchObject({ error: { kind: 'not-allowed' } });
    const open = aWorld();
    const plain = await releasedIn(open, [wantsBoth]);
    const own = await offerTo(open, plain, 0);
    const early = { ...own, by: theAdministrator, roundId: elsewhere.roundId };
    expect(await confirmCondition(open, early)).toMatchObject({ error: { kind: 'offer-ended' } });
  });

  it('is refused where the round file has no such condition', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth], [aVacancy('MAT-001')]);
    const key = await offerTo(world, scene, 0);

    expect(await acceptConditionally(world, { ...key, condition: 'diploma' })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'condition' }] },
    });
  });
});
