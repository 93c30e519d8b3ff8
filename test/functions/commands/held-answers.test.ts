import { afterEach, describe, expect, it, vi } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { log } from '#functions/log.ts';
import { seatsAggregate } from '#shared/domain/seats.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { askNext, kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { offersIn, releasedIn } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { counted, lost, written } from '#test/builders/unsound-seats.ts';

const answerHeld = { ok: false, error: { kind: 'answer-held' } };

const logged = (): unknown[] => {
  const errors = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  return errors.mock.calls;
};

describe('an answer that would leave offers and seats wrong', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('is kept without changing anything else, is told to the operator, and the others go on', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth]);
    const errors = logged();
    await written(world, scene, 'MAT-001', lost(world));
    const commits = world.records.commits.length;

    const first = await acceptOffer(world, await offerTo(world, scene, 0));

    expect(first).toMatchObject(answerHeld);
    const stored = world.records.commits.slice(commits).flatMap(({ changes }) => changes);
    expect(stored.flatMap(({ facts }) => facts)).toMatchObject([
      { type: 'answer-held', answer: { kind: 'accepted' } },
    ]);
    expect(errors).toEqual([
      [
        'ANSWER_NOT_SOUND',
        {
          roundId: scene.roundId,
          applicationId: scene.people[0]?.applicationId,
          reason: 'seat-differs',
        },
      ],
    ]);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 1)), reason: 'terms' }));
    expect(await askNext(world, scene)).toBe(1);
    granted(await acceptOffer(world, await offerTo(world, scene, 2)));
    expect(await offersIn(world, scene)).toEqual([
      '0 MAT-001 open',
      '1 MAT-002 declined',
      '2 MAT-002 accepted',
    ]);
  });

  it('goes through once it is mended', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    logged();
    await written(world, scene, 'MAT-001', counted(world, 0));
    const command = await offerTo(world, scene, 0);
    expect(await acceptOffer(world, command)).toMatchObject(answerHeld);

    await written(world, scene, 'MAT-001', counted(world, 1));

    expect(granted(await acceptOffer(world, command))).toMatchObject({ status: 'accepted' });
    expect(kindsIn(world).filter((kind) => kind === 'onboarding')).toHaveLength(1);
  });

  it('is none where a seat is only given back: declining, lapsing and withdrawing mend it', async () => {
    const world = aWorld();
    const three = { choices: ['MAT-001', 'MAT-002', 'MAT-003'] };
    const scene = await releasedIn(world, [three, three, three]);
    const errors = logged();
    await written(world, scene, 'MAT-001', counted(world, 0));
    await written(world, scene, 'MAT-002', lost(world));

    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    const { people } = scene;
    const [, second] = people;
    if (!second) throw new Error('There is no second.');
    const { offerId, applicationId } = await offerTo(world, scene, 1);
    world.clock.to(addSeconds(expiresAt, 1));
    granted(await lapseOffer(world, { applicationId, offerId }));
    const by = { personId: second.personId };
    granted(await withdrawApplication(world, { by, applicationId, reasonCode: 'personal' }));

    expect(errors).toEqual([]);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-002 lapsed']);
  });

  it('is no fault but a race where another answer to the same offer came between', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth]);
    const errors = logged();
    const command = await offerTo(world, scene, 0);
    const { find } = world.records;
    let isFirst = true;
    const slow: World = {
      ...world,
      records: {
        ...world.records,
        find: async (aggregate, id) => {
          // The person's record is read by now; the seats are read after the other answer was stored.
          if (aggregate.name === seatsAggregate.name && isFirst) {
            isFirst = false;
            granted(await declineOffer(world, { ...command, reason: 'terms' }));
          }
          return await find(aggregate, id);
        },
      },
    };

    expect(await acceptOffer(slow, command)).toMatchObject({
      error: { kind: 'offer-ended', status: 'declined' },
    });
    expect(errors).toEqual([]);
  });
});
