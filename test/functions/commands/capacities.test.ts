import { describe, expect, it } from 'vitest';
import { confirmCapacity, proposeCapacity, refuseCapacity } from '#functions/commands/capacities.ts';
import { capacityView } from '#functions/commands/capacity-view.ts';
import { writeLettersToContenders } from '#functions/commands/contender-letters.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { publicCall } from '#functions/commands/rounds.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import {
  aVacancy,
  deliverOffersIn,
  type OffersScene,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';

const second: Person = { ...theAdministrator, id: PersonId.parse('ADM1N000000000000002') };
const one = { choices: ['MAT-001'] };

/** Three people for one post, which the first is offered. */
const aRound = async (posts = 1): Promise<{ world: World; scene: OffersScene }> => {
  const world = aWorld();
  const scene = await releasedIn(world, [one, one, one], [aVacancy('MAT-001', { posts })]);
  return { world, scene };
};

const proposing = (scene: OffersScene, posts: string, by = theAdministrator) => ({
  by,
  roundId: scene.roundId,
  vacancy: 'MAT-001',
  posts,
  reason: 'The school opened a class.',
});

const changesIn = async (world: World, { roundId }: OffersScene) =>
  granted(await capacityView(world, { by: theAdministrator, roundId })).changes;

const numbersIn = async (world: World, scene: OffersScene): Promise<string[]> =>
  (await changesIn(world, scene)).map(({ from, posts, status }) => `${from} to ${posts} ${status}`);

describe('a number of posts that changes while offers are made', () => {
  it('counts once a second person confirms it, and the next person is asked', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    const [waiting] = await changesIn(world, scene);
    await deliverOffersIn(world);
    const before = await offersIn(world, scene);

    granted(await confirmCapacity(world, { by: second, roundId: scene.roundId, change: 1, confirmed: 1 }));
    await deliverOffersIn(world);

    expect(waiting).toMatchObject({
      from: 1,
      posts: 2,
      taken: 1,
      offers: 1,
      said: 'The school opened a class.',
    });
    expect(before).toEqual(['0 MAT-001 open']);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '1 MAT-001 open']);
    const seats = await world.records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-001')));
    expect(seats?.state.capacity).toBe(2);
    expect(granted(await publicCall(world, scene.roundId)).vacancies).toMatchObject([{ posts: 2 }]);
    expect((await world.records.history('round', scene.roundId)).map(({ fact }) => fact.type)).toEqual(
      expect.arrayContaining(['capacity-proposed', 'capacity-changed']),
    );
  });

  it('is not confirmed by who proposed it, also not by pressing twice', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    granted(await proposeCapacity(world, proposing(scene, '2')));

    const own = { by: theAdministrator, roundId: scene.roundId, change: 1, confirmed: 1 };
    expect(await confirmCapacity(world, own)).toMatchObject({ error: { kind: 'second-person-needed' } });
    expect(await numbersIn(world, scene)).toEqual(['1 to 2 waiting']);
  });

  it('is confirmed once by two presses at once, and one offer follows', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    const command = { by: second, roundId: scene.roundId, change: 1, confirmed: 1 };
    world.records.interfere(() => confirmCapacity(world, command));

    granted(await confirmCapacity(world, command));
    await deliverOffersIn(world);
    granted(await confirmCapacity(world, command));

    const history = await world.records.history('round', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'capacity-changed')).toHaveLength(1);
    expect(await offersIn(world, scene)).toHaveLength(2);
  });

  it('never falls below the seats that are accepted or offered, also not in the instant in which one is', async () => {
    const { world, scene } = await aRound(3);
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    const { roundId } = scene;

    expect(await proposeCapacity(world, proposing(scene, '1'))).toEqual({
      ok: false,
      error: { kind: 'seats-taken', taken: 2 },
    });
    granted(await proposeCapacity(world, proposing(scene, '2')));
    const { wave } = granted(await previewOffers(world, { by: second, roundId }));
    granted(await confirmCapacity(world, { by: second, roundId, change: 1, confirmed: wave.length }));
    expect(await numbersIn(world, scene)).toEqual(['3 to 2 confirmed']);
  });

  it('that was proposed before somebody was asked is refused when it is confirmed after', async () => {
    const world = aWorld();
    const people = [{ choices: ['MAT-002', 'MAT-001'] }, one];
    const scene = await releasedIn(world, people, [aVacancy('MAT-001', { posts: 2 }), aVacancy('MAT-002')]);
    granted(await proposeCapacity(world, proposing(scene, '1')));
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'terms' }));
    // In the instant in which the lower number is to be stored, the first is asked for the second seat.
    const { makeNextOffers } = await import('#functions/commands/offer-making.ts');
    const by = { kind: 'system', name: 'workflow' } as const;
    world.records.interfere(() => makeNextOffers(world, { roundId: scene.roundId, by }));

    const late = await confirmCapacity(world, {
      by: second,
      roundId: scene.roundId,
      change: 1,
      confirmed: 0,
    });

    expect(late).toMatchObject({ error: { kind: 'seats-taken', taken: 2 } });
  });

  it('gives way to a later one for the same vacancy, which a stale page cannot confirm', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    granted(await proposeCapacity(world, proposing(scene, '3', second)));

    const stale = await confirmCapacity(world, {
      by: second,
      roundId: scene.roundId,
      change: 1,
      confirmed: 1,
    });

    expect(stale).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(await numbersIn(world, scene)).toEqual(['1 to 3 waiting', '1 to 2 replaced']);
  });

  it('is not confirmed with another number of offers than was shown', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '3')));

    const wrong = { by: second, roundId: scene.roundId, change: 1, confirmed: 1 };

    expect(await confirmCapacity(world, wrong)).toMatchObject({
      error: { kind: 'recipients-differ', recipients: 2, confirmed: 1 },
    });
  });

  it('is sent back with a reason, also by who proposed it, and counts no more', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    const { roundId } = scene;
    const back = { by: theAdministrator, roundId, change: 1, reason: 'Typed wrongly.' };

    expect(await refuseCapacity(world, { ...back, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await refuseCapacity(world, back));
    granted(await refuseCapacity(world, back));

    expect(await changesIn(world, scene)).toMatchObject([
      { status: 'refused', ended: { said: 'Typed wrongly.' } },
    ]);
    expect(await confirmCapacity(world, { by: second, roundId, change: 1, confirmed: 1 })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it.for([
    ['no such vacancy', { vacancy: 'MAT-999' }, 'vacancy'],
    ['a number that is none', { posts: 'two' }, 'posts'],
    ['more than a vacancy has', { posts: '501' }, 'posts'],
    ['the number that it has', { posts: '1' }, 'posts'],
  ] as const)('is refused with %s, where it was typed', async ([, typed, place]) => {
    const { world, scene } = await aRound();

    const refused = await proposeCapacity(world, { ...proposing(scene, '2'), ...typed });

    expect(refused).toMatchObject({ error: { kind: 'invalid', faults: [{ place }] } });
    const round = await world.records.find(roundAggregate, scene.roundId);
    expect(round?.state).not.toHaveProperty('capacities');
  });

  it('is told by one letter to whoever still waits, with the place, and not to who is asked', async () => {
    const { world, scene } = await aRound();
    granted(await proposeCapacity(world, proposing(scene, '2')));
    granted(await confirmCapacity(world, { by: second, roundId: scene.roundId, change: 1, confirmed: 1 }));
    const rows = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letters-to-contenders' ? [body] : [],
    );
    // Before and after the offer that follows: whoever gets it hears of that alone.
    for (const row of rows) await writeLettersToContenders(world, row);
    await deliverOffersIn(world);
    for (const row of rows) await writeLettersToContenders(world, row);

    const letters = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template === 'waiting-changed' ? [body] : [],
    );
    expect(rows).toHaveLength(1);
    expect(letters).toMatchObject([
      { personId: scene.people[2]?.personId, facts: { before: 1, posts: 2, place: '1' } },
    ]);
  });
});
