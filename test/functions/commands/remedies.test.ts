import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { grantRemedy, proposeRemedy, refuseRemedy } from '#functions/commands/remedies.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import {
  deliverOffersIn,
  offersIn,
  proposalOnTableIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import {
  aWrongedRound,
  declinesIn,
  granting,
  holdsIn,
  ownOf,
  proposing,
  remediesIn,
  remedyLettersIn,
  roundEventsIn,
  twoPosts,
} from '#test/builders/remedies.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

describe('a remedy', () => {
  it('is told to the person by one letter and on the timeline, and to nobody else', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    expect(remedyLettersIn(play)).toEqual([]);
    granted(await grantRemedy(world, granting(scene, 0)));
    granted(await grantRemedy(world, granting(scene, 0)));

    const own = ownOf(play, 2);
    expect(remedyLettersIn(play)).toMatchObject([
      { template: 'remedy-next', personId: own.by.personId, facts: { vacancies: 'MAT-001' } },
    ]);
    expect(granted(await ownTimeline(world, own)).steps).toContainEqual(
      expect.objectContaining({ what: 'remedy-offer-next', vacancy: 'MAT-001', done: true }),
    );
  });

  it('is not confirmed by who proposed it, and proposed once by two presses', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));

    expect(await grantRemedy(world, { ...granting(scene, 0), by: theAdministrator })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    expect(await remediesIn(play)).toHaveLength(1);
  });

  it('counts once by two presses at once, and adds one place', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'extra-place')));
    world.records.interfere(() => grantRemedy(world, granting(scene, 1)));

    granted(await grantRemedy(world, granting(scene, 1)));
    await deliverOffersIn(world);
    granted(await grantRemedy(world, granting(scene, 1)));

    const events = await roundEventsIn(play);
    expect(events.filter((type) => type === 'remedy-granted')).toHaveLength(1);
    expect(events.filter((type) => type === 'capacity-changed')).toHaveLength(1);
    expect(await offersIn(world, scene)).toHaveLength(2);
  });

  it('that comes in the instant in which the place goes to another waits for the next one', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    granted(await declineOffer(world, { ...(await offerTo(world, scene, 0)), reason: 'distance' }));
    const by = { kind: 'system', name: 'workflow' } as const;
    world.records.interfere(() => makeNextOffers(world, { roundId: scene.roundId, by }));

    const late = await grantRemedy(world, granting(scene, 1));

    expect(late).toMatchObject({ error: { kind: 'recipients-differ', recipients: 0 } });
    granted(await grantRemedy(world, granting(scene, 0)));
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 open']);
    expect(await holdsIn(play)).toBe(true);
  });

  it('is sent back with a reason, and counts no more', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    const back = { by: theAdministrator, roundId: scene.roundId, remedy: 1, reason: 'Typed wrongly.' };

    expect(await refuseRemedy(world, { ...back, reason: ' ' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    granted(await refuseRemedy(world, back));
    granted(await refuseRemedy(world, back));

    expect(await remediesIn(play)).toMatchObject([{ status: 'refused', ended: { said: 'Typed wrongly.' } }]);
    expect(await grantRemedy(world, granting(scene, 0))).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it.for([
    ['nobody of that number', { application: 'KZ19-AAAA-9999' }, 'application'],
    ['a post that the person did not choose', { vacancies: 'MAT-001, MAT-002' }, 'vacancies'],
    ['no post', { vacancies: '' }, 'vacancies'],
    ['somebody who is offered that post', { application: 'KZ19-AAAA-0000' }, 'vacancies'],
  ] as const)('is refused with %s, where it was typed', async ([, typed, place]) => {
    const { world, scene } = await aWrongedRound();

    const refused = await proposeRemedy(world, { ...proposing(scene, 'offer-next'), ...typed });

    expect(refused).toMatchObject({ error: { kind: 'invalid', faults: [{ place }] } });
  });

  it('adds a place to one post alone', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth], twoPosts);
    const two = { ...proposing(scene, 'extra-place'), vacancies: 'MAT-001 MAT-002' };

    expect(await proposeRemedy(world, two)).toMatchObject({
      error: { kind: 'invalid', faults: [{ message: 'remedy.error.one' }] },
    });
  });

  it('is refused once the person needs it no more, and while a proposal lies on the table', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    await declinesIn(play, 0);
    await declinesIn(play, 1);

    expect(await offersIn(world, scene)).toContain('2 MAT-001 open');
    expect(await grantRemedy(world, granting(scene, 0))).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    await proposalOnTableIn(world);
    expect(await grantRemedy(world, granting(scene, 0))).toMatchObject({
      error: { kind: 'proposal-on-table' },
    });
  });
});
